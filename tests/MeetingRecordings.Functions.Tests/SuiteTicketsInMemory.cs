using System.Collections.Concurrent;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Functions.Tests;

/// <summary>A ticket store that fails or hangs where the test says so.</summary>
public sealed class SuiteTicketsInMemory : ISuiteTicketStore
{
    public ConcurrentDictionary<string, SuiteTicket> Kept { get; } = [];

    public Func<CancellationToken, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public async Task SaveAsync(string suiteKey, SuiteTicket ticket, CancellationToken cancellationToken)
    {
        await Before(cancellationToken);
        Kept[suiteKey] = ticket;
    }

    public Task<SuiteTicket?> GetAsync(string suiteKey, CancellationToken cancellationToken)
        => Task.FromResult(Kept.GetValueOrDefault(suiteKey));
}
