namespace MeetingRecordings.Functions.Archive;

/// <summary>What was said, as an operator sees it in the archive.</summary>
/// <param name="Json">Where the JSON is: container and blob.</param>
/// <param name="Vtt">Where the WebVTT is: container and blob.</param>
public sealed record ArchivedTranscript(string Json, string Vtt)
{
    /// <summary>A link that lets anybody read the JSON for a while, where it was asked for.</summary>
    public Uri? JsonLink { get; init; }

    /// <summary>A link that lets anybody read the WebVTT for a while, where it was asked for.</summary>
    public Uri? VttLink { get; init; }

    /// <inheritdoc />
    public override string ToString() => Json;
}
