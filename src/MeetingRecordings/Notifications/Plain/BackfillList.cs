using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>A list of old conferences to look at: one a line, or a CSV file with more columns.</summary>
/// <param name="Key">Names the list by its content.</param>
/// <param name="Notifications">The conferences, each once.</param>
/// <param name="Problems">The lines that cannot be used.</param>
public sealed record BackfillList(string Key, IReadOnlyList<MeetingNotification> Notifications, IReadOnlyList<BackfillProblem> Problems)
{
    private const int KeyLength = 16;
    private const char Comment = '#';

    private static readonly string[] DefaultColumns = ["conferenceId", "unionId", "corpId", "endedAt"];

    /// <summary>
    /// Reads a list. Its columns are conferenceId, unionId, corpId and endedAt, or what a first line that begins with
    /// <c>conferenceId</c> says; empty lines and lines that begin with # are passed over.
    /// </summary>
    /// <param name="content">UTF-8 text.</param>
    public static BackfillList Read(byte[] content)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(content))[..KeyLength];
        var notifications = new Dictionary<string, MeetingNotification>(StringComparer.Ordinal);
        var problems = new List<BackfillProblem>();
        var columns = DefaultColumns;
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.AsSpan().Trim() is not { Length: > 0 } text || text[0] == Comment)
            {
                continue;
            }

            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (number == 1 && cells[0].Equals(DefaultColumns[0], StringComparison.OrdinalIgnoreCase))
            {
                columns = cells;
            }
            else if (ParseLine(columns, cells, key).Succeeded(out var notification, out var problem))
            {
                notifications.TryAdd(notification.Message.ConferenceId, notification);
            }
            else
            {
                problems.Add(new BackfillProblem(number, problem));
            }
        }

        return new BackfillList(key, [.. notifications.Values], problems);
    }

    private static Parsed<MeetingNotification> ParseLine(string[] columns, string[] cells, string key)
    {
        if (cells.Length > columns.Length)
        {
            return new FieldProblem("$", $"at most {columns.Length} columns");
        }

        // As if it had been posted, so that both ways refuse the same.
        var json = JsonSerializer.SerializeToElement(
            columns.Zip(cells).Where(static pair => pair.Second.Length > 0).DistinctBy(static pair => pair.First).ToDictionary(),
            PlainJsonContext.Default.DictionaryStringString);
        return PlainNotificationReader.ParseItem(json, key).Succeeded(out var posted, out var problem)
            ? posted with
            {
                Message = posted.Message with { Trigger = Trigger.Backfill },
                Root = $"{posted.Message.ConferenceId}:backfill:{key}",
            }
            : problem;
    }
}
