using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Operators;

namespace MeetingRecordings.Functions.Tests.Operators;

public sealed class BackfillRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly List<string> _sent = [];
    private readonly BackfillRun _run;
    private int _sendsUntilFailure = int.MaxValue;

    public BackfillRunTests()
    {
        var sender = new SenderDouble(Take).Sender;
        _run = new BackfillRun(QueueOver.Sender(sender, TimeProvider.System));
    }

    private string List => Path.Combine(_folder.FullName, "ids.txt");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_conference_is_enqueued_once_and_progress_is_told()
    {
        await WriteAsync(2500);
        var told = new List<(int Done, int All)>();

        var result = await _run.RunAsync(List, (done, all) => told.Add((done, all)), TestContext.Current.CancellationToken);

        Assert.Equal((2500, 0), (result.Enqueued, result.EnqueuedBefore));
        Assert.Equal(2500, _sent.Distinct().Count());
        Assert.Equal([(0, 2500), (1000, 2500), (2000, 2500), (2500, 2500)], told);
    }

    [Fact]
    public async Task A_list_that_is_run_twice_at_once_is_through_in_both()
    {
        await WriteAsync(5000);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => _run.RunAsync(List, static (_, _) => { }, TestContext.Current.CancellationToken))));

        Assert.All(results, static result => Assert.Equal(5000, result.Enqueued + result.EnqueuedBefore));
        Assert.Equal([$"{List}", $"{List}.progress"], _folder.GetFiles().Select(static file => file.FullName).Order());
    }

    [Fact]
    public async Task A_list_that_is_through_is_not_enqueued_again_unless_it_changes()
    {
        await WriteAsync(3);
        await RunAsync();

        Assert.Equal((0, 3), Of(await RunAsync()));
        await WriteAsync(4);
        Assert.Equal((4, 0), Of(await RunAsync()));
    }

    [Fact]
    public async Task A_run_that_fails_goes_on_where_it_was_with_the_same_ids()
    {
        await WriteAsync(2500);
        _sendsUntilFailure = 1500;
        await Assert.ThrowsAsync<ServiceBusException>(RunAsync);
        var sentBefore = _sent.ToHashSet();
        _sent.Clear();
        _sendsUntilFailure = int.MaxValue;

        Assert.Equal((1500, 1000), Of(await RunAsync()));

        // What the failed batch had sent is sent again with the same ids, which the queue drops.
        Assert.Equal(2500, sentBefore.Union(_sent).Count());
        Assert.Equal(1500, _sent.Distinct().Count());
    }

    private static (int Enqueued, int EnqueuedBefore) Of(BackfillResult result) => (result.Enqueued, result.EnqueuedBefore);

    private Task WriteAsync(int count)
        => File.WriteAllLinesAsync(List, Enumerable.Range(0, count).Select(static i => $"conf-{i}"), TestContext.Current.CancellationToken);

    private Task<BackfillResult> RunAsync() => _run.RunAsync(List, static (_, _) => { }, TestContext.Current.CancellationToken);

    private Task Take(IReadOnlyList<ServiceBusMessage> messages)
    {
        lock (_sent)
        {
            if (_sent.Count + messages.Count > _sendsUntilFailure)
            {
                return Task.FromException(new ServiceBusException("full", ServiceBusFailureReason.QuotaExceeded));
            }

            _sent.AddRange(messages.Select(static message => message.MessageId));
            return Task.CompletedTask;
        }
    }
}
