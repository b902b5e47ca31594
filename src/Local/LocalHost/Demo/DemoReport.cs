using MeetingRecordings.Manifests;
using Spectre.Console;

namespace LocalHost.Demo;

/// <summary>Prints what a demo has made.</summary>
internal static class DemoReport
{
    private const int MaxRows = 20;

    // A file has no width to keep to, and a broken blob name cannot be copied.
    private const int FileWidth = 120;

    /// <summary>Prints a table of the manifests, one of them in full, and the counts.</summary>
    public static void Print(IAnsiConsole console, DemoResult result, IReadOnlyCollection<StoredManifest> manifests)
    {
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = FileWidth;
        }

        var table = new Table().AddColumns("Manifest", "Status", "Videos", "Bytes", "Duration", "Ended at");
        foreach (var stored in manifests.Take(MaxRows))
        {
            var videos = stored.Manifest.Videos;
            table.AddRow(
                stored.Name,
                ManifestJson.ToText(stored.Manifest.Status),
                $"{videos.Length}",
                $"{videos.Sum(static v => v.FileSize ?? 0)}",
                $"{TimeSpan.FromMilliseconds(videos.Sum(static v => v.DurationMs ?? 0)):hh\\:mm\\:ss}",
                $"{stored.Manifest.EndedAt:u}");
        }

        console.Write(table);
        if (manifests.Count > MaxRows)
        {
            console.WriteLine($"... and {manifests.Count - MaxRows} more");
        }

        if (manifests.FirstOrDefault() is { } first)
        {
            console.WriteLine();
            console.WriteLine($"{first.Name}:");
            Console.Out.WriteLine(first.Json);
        }

        console.WriteLine();
        console.WriteLine($"{result.ElapsedMs} ms from the first push to the last {(result.RecordingsArchived is null ? "manifest" : "file")}");
        Console.Out.WriteLine(result.ToString());
    }
}
