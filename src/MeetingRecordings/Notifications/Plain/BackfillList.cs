using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>A list of old conferences to look at: one a line, or a CSV file with more columns.</summary>
/// <param name="Key">Names the list by its content.</param>
/// <param name="Notifications">The conferences, each once.</param>
/// <param name="Problems">The lines that cannot be used.</param>
public sealed partial record BackfillList(string Key, IReadOnlyList<MeetingNotification> Notifications, IReadOnlyList<BackfillProblem> Problems)
{
    private const int KeyLength = 16;
    private const string Unclosed = "quotations that are closed; this one has swallowed the lines after it";

    private const string NotMangled =
        "the id itself; a spreadsheet has made a number of it. Format the column as text before the ids are pasted into it";

    /// <summary>
    /// Reads a list: with commas, semicolons or tabs between its columns, quoted or not. The first line that is neither empty nor a
    /// comment (#) may name the columns, in any order and spelling; without one they are conferenceId, unionId, corpId and endedAt.
    /// </summary>
    /// <param name="content">UTF-8 text, or UTF-16.</param>
    public static BackfillList Read(byte[] content)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(content))[..KeyLength];
        var notifications = new Dictionary<string, MeetingNotification>(StringComparer.Ordinal);
        var problems = new List<BackfillProblem>();
        var columns = BackfillColumns.Default;
        var isFirst = true;
        foreach (var line in BackfillText.Read(content))
        {
            if (isFirst && ReadHeader(line, ref columns) is { } refused)
            {
                problems.AddRange(refused);
                if (refused.Count > 0)
                {
                    // What its cells mean is not known, and a user must not be taken for a conference.
                    break;
                }
            }
            else if (ParseLine(columns, line, key).Succeeded(out var notification, out var problem))
            {
                notifications.TryAdd(notification.Message.ConferenceId, notification);
            }
            else
            {
                problems.Add(new BackfillProblem(line.Number, problem));
            }

            isFirst = false;
        }

        return new BackfillList(key, [.. notifications.Values], problems);
    }

    // Null where the line is none.
    private static IReadOnlyList<BackfillProblem>? ReadHeader(BackfillText.Line line, ref BackfillColumns columns)
    {
        if (!BackfillColumns.IsHeader(line.Cells))
        {
            return null;
        }

        if (!BackfillColumns.Parse(line.Cells).Succeeded(out var named, out var problem))
        {
            return [new BackfillProblem(line.Number, problem)];
        }

        columns = named;
        return [];
    }

    private static Parsed<MeetingNotification> ParseLine(BackfillColumns columns, BackfillText.Line line, string key)
    {
        if (line.IsOpen)
        {
            return new FieldProblem("$", Unclosed);
        }

        if (line.Cells.Count > columns.Count)
        {
            return new FieldProblem("$", $"at most {columns.Count} columns");
        }

        if (columns.IsRepeatedBy(line.Cells))
        {
            return new FieldProblem("conferenceId", "a conference, and not the header once more");
        }

        var cells = columns.Read(line.Cells);
        if (cells.Keys.FirstOrDefault(name => name != "endedAt" && IsMangled(cells[name])) is { } mangled)
        {
            return new FieldProblem(mangled, NotMangled);
        }

        // As if it had been posted, so that both ways refuse the same.
        var json = JsonSerializer.SerializeToElement(cells, PlainJsonContext.Default.DictionaryStringString);
        return PlainNotificationReader.ParseItem(json, key).Succeeded(out var posted, out var problem)
            ? posted with
            {
                Message = posted.Message with { Trigger = Trigger.Backfill },
                Root = $"{posted.Message.ConferenceId}:backfill:{key}",
            }
            : problem;
    }

    // 6.3211E+23; 6321100000000.0; and more than 19 digits of which all after the fifteenth are zero.
    [GeneratedRegex(@"^-?[0-9]+([.,][0-9]+E[-+]?|E[-+])[0-9]+\z|^[0-9]+\.0+\z|^[0-9]{15}0{5,}\z|^#", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mangled();

    private static bool IsMangled(string cell) => Mangled().IsMatch(cell);
}
