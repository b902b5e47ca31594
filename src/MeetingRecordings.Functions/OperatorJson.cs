using System.Text.Json;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Poison;

namespace MeetingRecordings.Functions;

/// <summary>What an operator is answered, as JSON: the same from the functions as from a command.</summary>
public static class OperatorJson
{
    /// <summary>Writes a page of messages.</summary>
    /// <param name="page">The page.</param>
    public static string Serialize(PoisonPage page) => JsonSerializer.Serialize(page, HttpJsonContext.Default.PoisonPage);

    /// <summary>Writes the answer to a replay.</summary>
    /// <param name="answer">The answer.</param>
    public static string Serialize(PoisonAnswer answer) => JsonSerializer.Serialize(answer, HttpJsonContext.Default.PoisonAnswer);

    /// <summary>Writes a page of manifests.</summary>
    /// <param name="page">The page.</param>
    public static string Serialize(ManifestPage page) => JsonSerializer.Serialize(page, HttpJsonContext.Default.ManifestPage);
}
