using System.Globalization;
using MeetingRecordings.Functions.Poison;
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
    public PoisonSource Source()
    {
        switch (Text("source"))
        {
            case null or "poison":
                return PoisonSource.Poison;
            case "deadletter":
                return PoisonSource.DeadLetter;
            default:
                Fault("source", "poison or deadletter");
                return default;
        }
    }

    /// <summary>Notes a problem.</summary>
    public void Fault(string name, string expected) => Problem ??= Problems.BadField(name, expected);
}
