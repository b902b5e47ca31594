namespace DingTalkSimulator.Pushing;

/// <summary>Pushes encrypted, signed events over HTTP, tries again as DingTalk does, and lists what it had to give up.</summary>
public sealed class EventPusher : IDisposable
{
    private const int MostTicketTries = 100;

    private readonly SimulatorOptions _options;
    private readonly Tenant _tenant;
    private readonly Ledger _ledger;
    private readonly PushEncryptor _encryptor;
    private readonly PushClient _client;
    private readonly EventWriter _events;
    private readonly SyncPushWriter _rows;
    private volatile Uri? _callbackUrl;

    internal EventPusher(SimulatorOptions options, Tenant tenant, Ledger ledger)
    {
        _options = options;
        _callbackUrl = options.CallbackUrl;
        _tenant = tenant;
        _ledger = ledger;
        _encryptor = new PushEncryptor(options);
        _client = new PushClient(options);
        _events = new EventWriter(options.CorpId);
        _rows = new SyncPushWriter(options, tenant);
        Fate = new EventFate(tenant);
        Failed = new FailedPushes(options, tenant, _events);
    }

    /// <summary>Where events are pushed to unless a push names another place; null for nowhere. It may be changed at any time.</summary>
    public Uri? CallbackUrl
    {
        get => _callbackUrl;
        set => _callbackUrl = value;
    }

    /// <summary>The events that were given up.</summary>
    public FailedPushes Failed { get; }

    /// <summary>Decides which events go wrong.</summary>
    internal EventFate Fate { get; }

    /// <summary>Pushes the end of a conference. To push it again is to push the same event again, with the same id.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="callbackUrl">Where to; null for <see cref="CallbackUrl"/>.</param>
    /// <param name="cancellationToken">Cancels the push.</param>
    /// <exception cref="ArgumentException">There is no such conference.</exception>
    /// <exception cref="InvalidOperationException">No callback URL is known.</exception>
    public Task<PushResult> PushEndedAsync(string conferenceId, Uri? callbackUrl = null, CancellationToken cancellationToken = default)
        => PushAsync(PushedEvent.MeetingEnded, conferenceId, callbackUrl, cancellationToken);

    /// <summary>Pushes an event, again after each of <see cref="SimulatorOptions.PushRetries"/> until it is delivered.</summary>
    /// <param name="kind">Which event.</param>
    /// <param name="conferenceId">The conference; null where the event is about none.</param>
    /// <param name="callbackUrl">Where to; null for <see cref="CallbackUrl"/>.</param>
    /// <param name="cancellationToken">Cancels the push.</param>
    /// <exception cref="ArgumentException">There is no such conference.</exception>
    /// <exception cref="InvalidOperationException">No callback URL is known, or no third-party app where one is needed.</exception>
    public async Task<PushResult> PushAsync(
        PushedEvent kind,
        string? conferenceId,
        Uri? callbackUrl = null,
        CancellationToken cancellationToken = default)
    {
        var url = UrlOr(callbackUrl);
        if (kind == PushedEvent.SuiteTicket)
        {
            return await PushTicketAsync(callbackUrl, cancellationToken);
        }

        if (!EventNames.IsAboutConference(kind))
        {
            var check = EventWriter.WriteCheck(kind, _options.Clock.GetUtcNow(), _options.SuiteKey);
            return await PushAsync([check], check.Plaintext, kind != PushedEvent.CheckUrl, url, cancellationToken);
        }

        var push = await BeginAsync(kind, Find(conferenceId), _options.Clock.GetUtcNow(), url, cancellationToken);
        return await push;
    }

    /// <summary>Pushes several events in one SyncHTTP push.</summary>
    /// <param name="events">The events and their conferences.</param>
    /// <param name="callbackUrl">Where to; null for <see cref="CallbackUrl"/>.</param>
    /// <param name="cancellationToken">Cancels the push.</param>
    /// <exception cref="ArgumentException">There is no such conference, or an event is about none.</exception>
    /// <exception cref="InvalidOperationException">No callback URL is known, or no third-party app.</exception>
    public async Task<PushResult> PushRowsAsync(
        IEnumerable<(PushedEvent Kind, string ConferenceId)> events,
        Uri? callbackUrl = null,
        CancellationToken cancellationToken = default)
    {
        var (url, now) = (UrlOr(callbackUrl), _options.Clock.GetUtcNow());
        var rows = new List<ConferenceEvent>();
        foreach (var (kind, conferenceId) in events)
        {
            if (!EventNames.IsAboutConference(kind))
            {
                throw new ArgumentException($"The event {kind} is about no conference.", nameof(events));
            }

            rows.AddRange(Survivors(kind, Find(conferenceId), now));
        }

        Fate.Reorder(rows, static row => (row.Kind, row.Conference!));
        return rows.Count == 0
            ? PushResult.OfLost
            : await PushAsync(rows, _rows.Write(rows), forSuite: true, url, cancellationToken);
    }

    /// <summary>
    /// Makes a new suite ticket, which voids the one before, and pushes it until it is delivered or a hundred tries have failed.
    /// </summary>
    /// <param name="callbackUrl">Where to; null for <see cref="CallbackUrl"/>.</param>
    /// <param name="cancellationToken">Cancels the push.</param>
    /// <exception cref="InvalidOperationException">No callback URL is known, or no third-party app.</exception>
    public async Task<PushResult> PushTicketAsync(Uri? callbackUrl = null, CancellationToken cancellationToken = default)
    {
        var (url, now) = (UrlOr(callbackUrl), _options.Clock.GetUtcNow());
        var ticket = Tenant.NewSuiteTicket();
        var pushed = EventWriter.WriteTicket(_options.SuiteKey ?? "", ticket, now);
        var plaintext = _tenant.Traits.TicketForm == PushForm.SyncHttp ? _rows.WriteTicket(ticket) : pushed.Plaintext;
        var push = _encryptor.Encrypt(url, plaintext.Span, forSuite: true);
        _tenant.SuiteTicket = ticket;
        return await (await BeginAsync([pushed], push, WaitForTicket, cancellationToken));
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <summary>Pushes an event once.</summary>
    /// <param name="kind">One that is about a conference.</param>
    /// <param name="conference">The conference.</param>
    /// <param name="happenedBy">By when what it tells of has happened.</param>
    /// <param name="url">Where to.</param>
    /// <param name="cancellationToken">Cancels the push.</param>
    /// <returns>What comes of it in the end, further tries included.</returns>
    internal async Task<Task<PushResult>> BeginAsync(
        PushedEvent kind,
        SimulatedConference conference,
        DateTimeOffset happenedBy,
        Uri url,
        CancellationToken cancellationToken)
    {
        var forSuite = _tenant.Traits.PushForm == PushForm.SyncHttp;
        var pushes = new List<Task<PushResult>>();
        foreach (var one in Survivors(kind, conference, happenedBy))
        {
            // Each time it is encrypted anew, as another push of the same event.
            var push = _encryptor.Encrypt(url, (forSuite ? _rows.Write([one]) : one.Plaintext).Span, forSuite);
            pushes.Add(await BeginAsync([one], push, WaitForEvent, cancellationToken));
        }

        return pushes.Count switch
        {
            0 => Task.FromResult(PushResult.OfLost),
            1 => pushes[0],
            _ => LastOfAsync(pushes),
        };
    }

    internal Uri UrlOr(Uri? callbackUrl) => callbackUrl ?? CallbackUrl ?? throw new InvalidOperationException("No callback URL is known.");

    internal SimulatedConference Find(string? conferenceId)
        => _tenant.Find(conferenceId ?? "")
            ?? throw new ArgumentException($"There is no conference '{conferenceId}'.", nameof(conferenceId));

    private static async Task<PushResult> LastOfAsync(IReadOnlyList<Task<PushResult>> pushes)
        => (await Task.WhenAll(pushes))[^1];

    // The event itself, none where it is lost, and twice where it is repeated.
    private List<ConferenceEvent> Survivors(PushedEvent kind, SimulatedConference conference, DateTimeOffset happenedBy)
    {
        var times = Fate.IsRepeated(kind, conference) ? 2 : 1;
        var survivors = new List<ConferenceEvent>();
        for (var time = 0; time < times; time++)
        {
            if (Fate.LossOf(kind, conference) is { } reason)
            {
                _ledger.Add(new LostEvent(_options.Clock.GetUtcNow(), kind, conference.Id, reason));
            }
            else
            {
                survivors.Add(_events.Write(kind, conference, happenedBy));
            }

            conference.CountPush(kind);
        }

        return survivors;
    }

    private async Task<PushResult> PushAsync(
        IReadOnlyList<ConferenceEvent> events,
        ReadOnlyMemory<byte> plaintext,
        bool forSuite,
        Uri url,
        CancellationToken cancellationToken)
    {
        var push = _encryptor.Encrypt(url, plaintext.Span, forSuite);
        return await (await BeginAsync(events, push, WaitForEvent, cancellationToken));
    }

    private async Task<Task<PushResult>> BeginAsync(
        IReadOnlyList<ConferenceEvent> events,
        EncryptedPush push,
        Func<int, TimeSpan?> waitAfter,
        CancellationToken cancellationToken)
    {
        var first = await TryAsync(events, push, 1, waitAfter(1) is null, cancellationToken);
        return first.Delivered || waitAfter(1) is null ? Task.FromResult(first) : RetryAsync(events, push, waitAfter, cancellationToken);
    }

    private async Task<PushResult> RetryAsync(
        IReadOnlyList<ConferenceEvent> events,
        EncryptedPush push,
        Func<int, TimeSpan?> waitAfter,
        CancellationToken cancellationToken)
    {
        for (var attempt = 2; ; attempt++)
        {
            await Task.Delay(waitAfter(attempt - 1)!.Value, _options.Clock, cancellationToken);
            var isLast = waitAfter(attempt) is null;
            var result = await TryAsync(events, push, attempt, isLast, cancellationToken);
            if (result.Delivered || isLast)
            {
                return result;
            }
        }
    }

    // Every try carries the same bytes, timestamp and nonce: DingTalk does not say, and it is the harder case for a receiver.
    private async Task<PushResult> TryAsync(
        IReadOnlyList<ConferenceEvent> events,
        EncryptedPush push,
        int attempt,
        bool isLast,
        CancellationToken cancellationToken)
    {
        var (status, fault) = await _client.SendAsync(push, cancellationToken);
        var givenUp = fault is not null && isLast;
        foreach (var one in events)
        {
            var now = _options.Clock.GetUtcNow();
            _ledger.Add(new PushAttempt(now, one.Type, one.Id, one.ConferenceId, attempt, fault is null, givenUp, status, fault)
            {
                Event = one.Kind,
            });
            if (givenUp && one.Conference is not null)
            {
                Failed.Add(one);
            }
        }

        return new PushResult(fault is null, attempt, status, fault);
    }

    private TimeSpan? WaitForEvent(int attempt) => attempt <= _options.PushRetries.Count ? _options.PushRetries[attempt - 1] : null;

    private TimeSpan? WaitForTicket(int attempt)
        => attempt < MostTicketTries && _options.PushRetries.Count > 0
            ? _options.PushRetries[Math.Min(attempt, _options.PushRetries.Count) - 1]
            : null;
}
