using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class CorpTokensTests
{
    private readonly CorpTokens _tokens = new(static _ => static () => throw new NotSupportedException(), TimeProvider.System);

    [Fact]
    public void A_thousand_organisations_are_kept()
    {
        var first = AskFor(1000);

        Assert.All(first, (tokens, i) => Assert.Same(tokens, _tokens.InCorp($"corp-{i}")));
    }

    [Fact]
    public void Each_one_more_drops_the_one_that_was_asked_for_longest_ago()
    {
        var first = AskFor(1000);
        _tokens.InCorp("corp-0");

        _tokens.InCorp("one more");
        _tokens.InCorp("and another");

        Assert.All(first[3..], (tokens, i) => Assert.Same(tokens, _tokens.InCorp($"corp-{i + 3}")));
        Assert.Same(first[0], _tokens.InCorp("corp-0"));
        Assert.NotSame(first[1], _tokens.InCorp("corp-1"));
        Assert.NotSame(first[2], _tokens.InCorp("corp-2"));
    }

    private AccessTokens[] AskFor(int count) => [.. Enumerable.Range(0, count).Select(i => _tokens.InCorp($"corp-{i}"))];
}
