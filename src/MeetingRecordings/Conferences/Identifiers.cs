using System.Buffers;

namespace MeetingRecordings.Conferences;

/// <summary>The grammar of the ids that come from outside and end up in blob names, message ids, queries and logs.</summary>
public static class Identifiers
{
    /// <summary>The greatest length of an id, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>What a conference id must look like, in words.</summary>
    public const string ConferenceIdGrammar =
        "1 to 128 letters, digits or characters of - . _ ~ : = + @ *, beginning with no '.' and without '..'";

    /// <summary>What a union id or corp id must look like, in words.</summary>
    public const string PrincipalGrammar = "1 to 128 printable ASCII characters without spaces";

    private static readonly SearchValues<char> ConferenceCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:=+@*");

    /// <summary>Whether a string can be a conference id: harmless in a blob name, a URL path and a log line.</summary>
    public static bool IsConferenceId(string? id)
        => id is { Length: > 0 and <= MaxLength }
            && id[0] != '.'
            && !id.AsSpan().ContainsAnyExcept(ConferenceCharacters)
            && !id.Contains("..", StringComparison.Ordinal);

    /// <summary>Whether a string can be a union id or corp id.</summary>
    public static bool IsPrincipal(string? id)
        => id is { Length: > 0 and <= MaxLength } && !id.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>The first id that is not of its form; null where all are. Union id and corp id may be absent.</summary>
    internal static FieldProblem? ProblemOf(string? conferenceId, string? unionId, string? corpId)
        => !IsConferenceId(conferenceId) ? new FieldProblem("conferenceId", ConferenceIdGrammar)
            : unionId is not null && !IsPrincipal(unionId) ? new FieldProblem("unionId", PrincipalGrammar)
            : corpId is not null && !IsPrincipal(corpId) ? new FieldProblem("corpId", PrincipalGrammar)
            : null;
}
