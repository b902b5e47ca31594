using MeetingRecordings.Functions.Manifests;

namespace MeetingRecordings.Functions.Tests.Manifests;

public sealed class BlobTagValueTests
{
    [Theory]
    [InlineData("dingAZ09", "dingAZ09")]
    [InlineData("a +-./:=_b", "a +-./:=_b")]
    [InlineData("a*b~c@d", "a_b_c_d")]
    [InlineData("组织", "__")]
    public void What_a_tag_may_not_hold_is_replaced(string text, string expected) => Assert.Equal(expected, BlobTagValue.From(text));
}
