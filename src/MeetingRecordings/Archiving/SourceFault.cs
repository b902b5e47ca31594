using MeetingRecordings.Fetching;

namespace MeetingRecordings.Archiving;

/// <summary>Why a source did not give what was asked of it. No URL is in it.</summary>
/// <param name="Kind">What follows from it.</param>
/// <param name="Failure">What went wrong.</param>
internal sealed record SourceFault(SourceFaultKind Kind, Failure Failure)
{
    /// <summary>What stands before every code.</summary>
    public const string Prefix = "source.";

    /// <summary>The URL is not, or no longer, good.</summary>
    public static SourceFault Refused(string code, string message, int? status = null)
        => new(SourceFaultKind.Refused, new Failure($"{Prefix}{code}", message, HttpStatus: status));

    /// <summary>It is likely to pass.</summary>
    public static SourceFault Interrupted(string code, string message, int? status = null)
        => new(SourceFaultKind.Interrupted, new Failure($"{Prefix}{code}", message, HttpStatus: status));

    /// <summary>The file is another one by now.</summary>
    public static SourceFault Changed()
        => new(SourceFaultKind.Changed, new Failure($"{Prefix}changed", "The file at its source has changed; it is fetched from its start."));

    /// <summary>The URL may not be asked for.</summary>
    public static SourceFault NotAllowed(string code, string message)
        => new(SourceFaultKind.NotAllowed, new Failure($"{Prefix}{code}", message));
}
