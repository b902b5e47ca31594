using System.Diagnostics;
using System.Text;
using System.Text.Json;
using LocalHost;
using LocalHost.Node;

namespace EndToEnd.Tests.Transcripts;

/// <summary>W3C's WebVTT parser, which reports what breaks the standard.</summary>
internal static class WebVttParser
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Transcripts", "webvtt");
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads files, one result for each.</summary>
    public static async Task<IReadOnlyList<File>> ReadAsync(IEnumerable<byte[]> files)
    {
        var folder = await NodePackage.InstallAsync(
            Folder, LocalFolders.Packages, installing: null, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "read.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await using var kill = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(files.Select(Utf8.GetString)));
        process.StandardInput.Close();
        var results = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.Equal(0, process.ExitCode);
        return JsonSerializer.Deserialize<List<File>>(results, JsonSerializerOptions.Web)!;
    }

    /// <summary>What the parser makes of a file.</summary>
    /// <param name="Errors">What breaks the standard, with its line.</param>
    /// <param name="Cues">The cues, sorted by start.</param>
    internal sealed record File(IReadOnlyList<string> Errors, IReadOnlyList<Cue> Cues);

    /// <summary>A cue.</summary>
    /// <param name="StartMs">In milliseconds.</param>
    /// <param name="EndMs">In milliseconds.</param>
    /// <param name="Voice">The speaker, with what is escaped as it is written; null where there is none.</param>
    /// <param name="Text">What was said, without its escapes.</param>
    internal sealed record Cue(long StartMs, long EndMs, string? Voice, string Text);
}
