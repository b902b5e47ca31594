using System.Text;
using Azure;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Sweep;

namespace MeetingRecordings.Functions.Tests.Sweep;

/// <summary>Keeps failed pushes in memory, by the items that DingTalk gave.</summary>
internal sealed class FailedPushStoreInMemory : IFailedPushStore
{
    private readonly SortedDictionary<string, IReadOnlyList<FailedPush>> _pages = [];
    private readonly List<string> _unread = [];

    /// <summary>The pages, each as a JSON array.</summary>
    public IEnumerable<string> Pages => _pages.Values.Select(static pushes => $"[{string.Join(',', pushes.Select(TextOf))}]");

    /// <summary>The items that could not be read.</summary>
    public IReadOnlyList<string> Unread => _unread;

    /// <summary>Whether it answers nothing but failures.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it can be read and not written.</summary>
    public bool KeepsNothing { get; set; }

    public Task<string> KeepAsync(IReadOnlyList<FailedPush> pushes, CancellationToken cancellationToken)
    {
        ThrowIf(IsAway || KeepsNothing);
        var place = $"pages/{_pages.Count + 1}";
        _pages.Add(place, pushes);
        return Task.FromResult(place);
    }

    public IAsyncEnumerable<KeptPage> ListAsync(CancellationToken cancellationToken)
    {
        ThrowIf(IsAway);
        return _pages.Select(static page => new KeptPage(page.Value, page.Key)).ToList().ToAsyncEnumerable();
    }

    public Task DropAsync(string place, CancellationToken cancellationToken)
    {
        ThrowIf(IsAway);
        _pages.Remove(place);
        return Task.CompletedTask;
    }

    public Task<string> SetAsideAsync(FailedPush push, CancellationToken cancellationToken)
    {
        ThrowIf(IsAway || KeepsNothing);
        _unread.Add(TextOf(push));
        return Task.FromResult($"unread/{_unread.Count}");
    }

    private static void ThrowIf(bool fails)
    {
        if (fails)
        {
            throw new RequestFailedException(503, "ServerBusy");
        }
    }

    private static string TextOf(FailedPush push) => Encoding.UTF8.GetString(push.Item.Span);
}
