using System.Globalization;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Manifests;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Http;

/// <summary>Reads a request's query and keeps the first problem with it.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    /// <summary>The first problem; null while there is none.</summary>
    public IResult? Problem { get; private set; }

    /// <summary>Whether a text is a whole number that is not negative.</summary>
    public static bool TryParse(string? text, out long number)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>A text; null where it is missing or empty.</summary>
    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number.</summary>
    public long Number(string name, long least, long most, long otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (!TryParse(text, out var number) || number < least || number > most)
        {
            Fault(name, most == long.MaxValue ? $"a number from {least}" : $"a number from {least} to {most}");
        }

        return number;
    }

    /// <summary>Where messages lie; the poison queue where it is not said.</summary>
    public FailedQueue Source()
    {
        switch (Text("source"))
        {
            case null or "poison":
                return FailedQueue.Poison;
            case "deadletter":
                return FailedQueue.DeadLetter;
            case "recordings":
                return FailedQueue.Recordings;
            default:
                Fault("source", "poison, deadletter or recordings");
                return default;
        }
    }

    /// <summary>Which manifests are looked for.</summary>
    public ManifestFilter ManifestFilter()
    {
        var filter = new ManifestFilter { CorpId = Text("corpId"), Title = Text("title") };
        if (filter.CorpId is not null && !Identifiers.IsPrincipal(filter.CorpId))
        {
            Fault("corpId", Identifiers.PrincipalGrammar);
        }

        if (Text("endedOn") is { } days && !filter.TryWithEndedOn(days, out filter))
        {
            Fault("endedOn", "a day such as 2026-11-23, or a range such as 2026-11-01..2026-11-30");
        }

        if (Text("status") is { } text)
        {
            filter = filter with { Status = Array.Find(Enum.GetValues<ManifestStatus>(), status => ManifestJson.ToText(status) == text) };
            if (ManifestJson.ToText(filter.Status.Value) != text)
            {
                Fault("status", string.Join(" or ", Enum.GetValues<ManifestStatus>().Select(ManifestJson.ToText)));
            }
        }

        return filter;
    }

    /// <summary>Notes a problem.</summary>
    public void Fault(string name, string expected) => Problem ??= Problems.BadField(new(name, expected));
}
