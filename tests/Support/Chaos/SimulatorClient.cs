using System.Net.Http.Json;
using System.Text.Json;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Pushing;

namespace Support.Chaos;

/// <summary>Drives a DingTalk simulator in another process.</summary>
public sealed class SimulatorClient(Uri address) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(address, "simulator/"), Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Where it listens.</summary>
    public Uri Address => address;

    /// <summary>Makes meetings of one fate.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> CreateMeetingsAsync(Fate fate, int count, CancellationToken cancellationToken)
    {
        object[] script = fate.Code is null ? []
            : fate.IsKind ? [new { kind = fate.Code, times = fate.Times }]
            : [new { code = fate.Code, times = fate.Times }];
        var recorded = fate.Ending != Ending.NotRecorded;
        var answer = await SendAsync<Created>(
            HttpMethod.Post,
            "meetings",
            new { count, videos = recorded ? 2 : 0, recordStatus = recorded ? "ended" : "notRecorded", push = false, script },
            cancellationToken);
        return [.. answer.Meetings.Select(static meeting => meeting.ConferenceId)];
    }

    /// <summary>Lets three calls in ten go wrong, by the seed.</summary>
    public Task SetFaultsAsync(int seed, CancellationToken cancellationToken)
        => SendAsync<object>(
            HttpMethod.Post,
            "faults",
            new
            {
                seed,
                error = 0.15,
                codes = (string[])[.. FaultRates.PassingCodes, "server.error", "cloudRecordNotFound", "resourceClose"],
                reset = 0.04,
                gatewayTimeout = 0.04,
                html = 0.03,
                truncated = 0.02,
                slow = 0.02,
                slowMs = 1000,
            },
            cancellationToken);

    /// <summary>Pushes an event once, with DingTalk's own retries.</summary>
    /// <returns>Whether it was answered as delivered.</returns>
    public async Task<bool> PushAsync(string conferenceId, PushedEvent what, CancellationToken cancellationToken)
        => (await SendAsync<Pushed>(
            HttpMethod.Post,
            "pushes",
            new { conferenceId, @event = JsonNamingPolicy.CamelCase.ConvertName(what.ToString()) },
            cancellationToken)).Delivered;

    /// <summary>What the simulator knows of a meeting.</summary>
    public Task<Meeting> GetMeetingAsync(string conferenceId, CancellationToken cancellationToken)
        => SendAsync<Meeting>(HttpMethod.Get, $"meetings/{conferenceId}", null, cancellationToken);

    /// <summary>The sums of its ledger, and those of each conference. They are exact however long the run.</summary>
    public Task<LedgerSums> GetLedgerAsync(CancellationToken cancellationToken)
        => SendAsync<LedgerSums>(HttpMethod.Get, "ledger/conferences", null, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json) };
        using var response = await _http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The simulator answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return response.StatusCode == System.Net.HttpStatusCode.NoContent
            ? default!
            : (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;
    }

    /// <summary>A meeting.</summary>
    public sealed record Meeting(string ConferenceId, DateTimeOffset EndedAt, IReadOnlyList<SimulatedVideo> Videos);

    /// <summary>What is audited of a ledger.</summary>
    public sealed record LedgerSums(LedgerTotals Totals, IReadOnlyList<ConferenceTally> Conferences);

    private sealed record Created(IReadOnlyList<Made> Meetings);

    private sealed record Made(string ConferenceId);

    private sealed record Pushed(bool Delivered);
}
