namespace MeetingRecordings.Archiving;

/// <summary>A source's answer, its body not read yet.</summary>
/// <param name="response">The answer, 200 or 206.</param>
internal sealed class SourceAnswer(HttpResponseMessage response) : IDisposable
{
    /// <summary>The first byte of the body within the file.</summary>
    public long First => response.Content.Headers.ContentRange?.From ?? 0;

    /// <summary>How many bytes the source says that it sends; null where it does not say.</summary>
    public long? BodyLength => response.Content.Headers.ContentRange is { From: { } from, To: { } to }
        ? to - from + 1
        : response.Content.Headers.ContentLength;

    /// <summary>Whether it is the part that was asked for, and not the whole file.</summary>
    public bool IsPart => response.StatusCode == System.Net.HttpStatusCode.PartialContent;

    /// <summary>The version of the file.</summary>
    public SourceIdentity Identity => new(
        IsPart ? response.Content.Headers.ContentRange?.Length : response.Content.Headers.ContentLength,
        response.Headers.ETag?.ToString());

    /// <summary>The body.</summary>
    public Task<Stream> ReadAsync(CancellationToken cancellationToken) => response.Content.ReadAsStreamAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose() => response.Dispose();
}
