using BenchmarkDotNet.Attributes;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace Benchmarks.Manifests;

/// <summary>What a manifest costs beside the network, at the first look and at the second.</summary>
[MemoryDiagnoser]
public class ManifestBenchmark
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private Video[] _videos = [];
    private Manifest _manifest = null!;
    private byte[] _stored = [];

    /// <summary>The conference's videos.</summary>
    [Params(1, 10, 500)]
    public int Videos { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _videos = [.. Enumerable.Range(0, Videos).Select(static i => new Video
        {
            RecordId = $"record-{i / 10}",
            MediaId = $"{i:x32}",
            RegionId = "cn-hangzhou",
            RecordType = "standard",
            RecorderUnionId = "LmGTFd2pPM10rM5NFvUrfIiEiE",
            StartTime = Start.AddMinutes(i),
            EndTime = Start.AddMinutes(i + 1),
            DurationMs = 59_886,
            FileSize = 1_127_942,
        })];
        _manifest = Manifest.Recorded("6321f0d7c9e77c0b9b6ed400", _videos) with { EndedAt = Start, EndedAtSource = EndedAtSource.Event };
        _stored = ManifestJson.Serialize(_manifest);
    }

    /// <summary>Arranges and writes: the first look.</summary>
    [Benchmark(Baseline = true)]
    public byte[] First() => ManifestJson.Serialize(Manifest.Recorded("6321f0d7c9e77c0b9b6ed400", _videos));

    /// <summary>Reads the stored one, merges and writes: the second look.</summary>
    [Benchmark]
    public byte[] ReadMergeAndWrite() => ManifestJson.Serialize(ManifestJson.Deserialize(_stored, EndedAtSource.Event).Merge(_manifest));
}
