using System.Text.Json;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Manifests;

namespace MeetingRecordings.Functions.Operators;

/// <summary>What an operator is answered, as JSON: the same from the functions as from a command.</summary>
public static class OperatorJson
{
    /// <summary>Writes a page of messages.</summary>
    /// <param name="page">The page.</param>
    public static string Serialize(FailedPage page) => JsonSerializer.Serialize(page, HttpJsonContext.Default.FailedPage);

    /// <summary>Writes the answer to a replay.</summary>
    /// <param name="answer">The answer.</param>
    public static string Serialize(ReplayAnswer answer) => JsonSerializer.Serialize(answer, HttpJsonContext.Default.ReplayAnswer);

    /// <summary>Writes what came of erasing.</summary>
    /// <param name="reports">The reports.</param>
    public static string Serialize(IReadOnlyList<ErasureReport> reports)
        => JsonSerializer.Serialize(reports, HttpJsonContext.Default.IReadOnlyListErasureReport);

    /// <summary>Writes what the archive has of a conference.</summary>
    public static string Serialize(ConferenceArchive archive) => JsonSerializer.Serialize(archive, HttpJsonContext.Default.ConferenceArchive);

    /// <summary>Writes a page of manifests.</summary>
    /// <param name="page">The page.</param>
    public static string Serialize(ManifestPage page) => JsonSerializer.Serialize(page, HttpJsonContext.Default.ManifestPage);
}
