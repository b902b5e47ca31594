using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using DingTalkSimulator;
using MeetingRecordings.Notifications.Callbacks;

namespace Benchmarks.Load;

/// <summary>Pushes encrypted meeting-ended events as DingTalk does, and times every answer.</summary>
internal sealed class PushLoad : IDisposable
{
    // As fine as the timer is; what is due by then goes at once.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CallbackCipher _cipher = new(DevelopmentCredentials.EncodingAesKey);

    /// <summary>Pushes the end of each conference.</summary>
    /// <returns>The pace, and how long each POST took from its first byte to the answer's last.</returns>
    /// <exception cref="HttpRequestException">One was not accepted.</exception>
    public async Task<(Pace Pace, TimeSpan[] Latencies)> RunAsync(
        Uri callback,
        IReadOnlyList<SimulatedConference> conferences,
        int concurrency,
        CancellationToken cancellationToken)
    {
        var latencies = new TimeSpan[conferences.Count];
        var elapsed = await Workers.RunAsync(
            conferences,
            concurrency,
            async (conference, index) => latencies[index] = await PushAsync(callback, conference, cancellationToken),
            cancellationToken);
        return (new Pace(conferences.Count, elapsed), latencies);
    }

    /// <summary>Pushes the end of each conference at its time, whatever became of those before (open loop).</summary>
    /// <returns>
    /// How long each took from the time at which it was meant to be sent, so that one that had to wait for its turn, here or there,
    /// counts its waiting; and how late each was sent.
    /// </returns>
    /// <exception cref="HttpRequestException">One was not accepted.</exception>
    public async Task<(TimeSpan[] Latencies, TimeSpan[] Lags)> RunPacedAsync(
        Uri callback,
        IReadOnlyList<SimulatedConference> conferences,
        int perSecond,
        CancellationToken cancellationToken)
    {
        var lags = new TimeSpan[conferences.Count];
        var pushes = new Task<TimeSpan>[conferences.Count];
        using var timer = new PeriodicTimer(Tick);
        var started = Stopwatch.GetTimestamp();
        for (var next = 0; next < pushes.Length; await timer.WaitForNextTickAsync(cancellationToken))
        {
            for (; next < pushes.Length && DueOf(next) is var due && Stopwatch.GetElapsedTime(started) is var now && now >= due; next++)
            {
                var index = next;
                lags[index] = now - due;
                pushes[index] = Task.Run(() => PushAsync(callback, conferences[index], cancellationToken, started + (long)(due.TotalSeconds * Stopwatch.Frequency)), cancellationToken);
            }
        }

        return (await Task.WhenAll(pushes), lags);

        TimeSpan DueOf(int index) => TimeSpan.FromSeconds((double)index / perSecond);
    }

    /// <summary>Pushes one.</summary>
    /// <param name="callback">Where to.</param>
    /// <param name="conference">What has ended.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <param name="since">The timestamp from which to count. Default: that of the request's first byte.</param>
    public async Task<TimeSpan> PushAsync(Uri callback, SimulatedConference conference, CancellationToken cancellationToken, long? since = null)
    {
        var encrypted = _cipher.Encrypt(Encoding.UTF8.GetBytes(EventOf(conference)), DevelopmentCredentials.AppKey);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = CallbackSignature.Sign(DevelopmentCredentials.CallbackToken, timestamp, "nonce", encrypted);
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($$"""{"encrypt":"{{encrypted}}"}"""));
        content.Headers.ContentType = Json;
        var url = new Uri($"{callback}?msg_signature={signature}&timestamp={timestamp}&nonce=nonce");

        var started = since ?? Stopwatch.GetTimestamp();
        using var response = await _http.PostAsync(url, content, cancellationToken);
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var latency = Stopwatch.GetElapsedTime(started);
        response.EnsureSuccessStatusCode();
        return latency;
    }

    public void Dispose() => _http.Dispose();

    private static string EventOf(SimulatedConference conference)
    {
        var endedAt = conference.EndedAt.ToUnixTimeMilliseconds();
        return $$"""
            {"EventType":"meeting_status_change","EventTime":{{endedAt}},"CorpId":"{{DevelopmentCredentials.CorpId}}","BizId":"{{conference.Ordinal}}","eventId":"{{conference.Ordinal}}",
            "openConfModel":{"calendarEventId":"UUNoaGV5simulatedmd3UT09","bizType":"3","bizScene":"autoCall","conferenceId":"{{conference.Id}}","title":"weekly","creatorId":"{{conference.CreatorUnionId}}",
            "creatorNick":"nick","startTime":{{conference.StartedAt.ToUnixTimeMilliseconds()}},"confDuration":3600000,"activeNum":0,"attendNum":6,"invitedNum":6,"status":1},
            "statusSeqNum":2,"changeScene":"conference_closed"}
            """;
    }
}
