namespace MeetingRecordings.Tests.Notifications;

/// <summary>The plaintext of a push, from the folder Payloads, with the outcome that is expected of it beside it.</summary>
internal static class EventPayload
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Payloads");

    public static TheoryData<string> Names
        => [.. Directory.EnumerateFiles(Folder, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, $"{name}.json"));

    public static string ReadExpected(string name) => File.ReadAllText(Path.Combine(Folder, $"{name}.expected")).ReplaceLineEndings("\n");
}
