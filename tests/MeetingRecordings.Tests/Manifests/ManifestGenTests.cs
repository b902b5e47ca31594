using CsCheck;

namespace MeetingRecordings.Tests.Manifests;

public sealed class ManifestGenTests
{
    [Fact]
    public void Whatever_is_known_of_a_video_or_a_meeting_is_among_the_manifests_that_are_tried()
    {
        AssertAllFilled(ManifestGen.Video);
        AssertAllFilled(ManifestGen.Meeting);
        AssertAllFilled(ManifestGen.Manifest);
    }

    private static void AssertAllFilled<T>(Gen<T> generator)
    {
        var tried = generator.Array[500].Single();

        Assert.All(
            typeof(T).GetProperties().Where(static property => property.CanWrite),
            property => Assert.Contains(tried, value => property.GetValue(value) is not null));
    }
}
