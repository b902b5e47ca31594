using Benchmarks.Load;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace Benchmarks.Tests.Load;

public class RawConferenceTests
{
    [Fact]
    public void Its_id_is_one_and_as_long_as_DingTalks()
    {
        var id = RawConference.IdOf(99_999);

        Assert.True(Identifiers.IsConferenceId(id));
        Assert.Equal("6321f0d7c9e77c0b9b6ed400".Length, id.Length);
    }

    [Fact]
    public void All_manifests_are_equally_long_so_that_every_PUT_is()
    {
        var lengths = new[] { 1, 999, 123_456 }.Select(static ordinal => ManifestJson.Serialize(RawConference.ManifestOf(ordinal, "corp")).Length);

        Assert.InRange(lengths.Max() - lengths.Min(), 0, 8);
    }
}
