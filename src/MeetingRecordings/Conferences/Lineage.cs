using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Conferences;

/// <summary>
/// What a message's ancestors have been through. Every message that a notification gives rise to carries the same root and
/// one step more, so its id is new to the queue's duplicate detection, yet the same again if its parent is delivered twice.
/// </summary>
/// <param name="Root">What began the lineage.</param>
/// <param name="FirstEnqueuedAt">When it began, UTC.</param>
public sealed record Lineage(string Root, DateTimeOffset FirstEnqueuedAt)
{
    /// <summary>The greatest length of a message id, in characters; Service Bus refuses longer ones.</summary>
    public const int MaxMessageIdLength = 128;

    /// <summary>How many messages came before this one.</summary>
    public int Step { get; init; }

    /// <summary>How often the recordings were not ready.</summary>
    public int Checks { get; init; }

    /// <summary>How many faults came in a row.</summary>
    public int Faults { get; init; }

    /// <summary>How many throttled answers came in a row.</summary>
    public int Throttles { get; init; }

    /// <summary>The first fault of the present row, UTC; null while there is none.</summary>
    public DateTimeOffset? FirstFailureAt { get; init; }

    /// <summary>Whether conference info has said that it was recorded.</summary>
    public bool RecordingConfirmed { get; init; }

    /// <summary>Whether DingTalk has announced a finished video by an event of its own.</summary>
    public bool RecordingAnnounced { get; init; }

    /// <summary>Whether conference info has been answered, so that it need not be asked again for nothing.</summary>
    public bool InfoAsked { get; init; }

    /// <summary>Whether this message took over from one that was delivered again.</summary>
    public bool TookOver { get; init; }

    /// <summary>The union ids that conference info named, the likeliest first.</summary>
    public IReadOnlyList<string> KnownUnionIds { get; init; } = [];

    /// <summary>The union ids that DingTalk did not let see this conference.</summary>
    public IReadOnlyList<string> RefusedUnionIds { get; init; } = [];

    /// <summary>How well the message's end time is known.</summary>
    public EndedAtSource EndedAtSource { get; init; }

    /// <summary>The id of this lineage's present message: the root itself, then <c>root/1</c>, <c>root/2</c> and so on.</summary>
    public string MessageId => MessageIdOf(Step == 0 ? Root : $"{Root}/{Step}");

    private Lineage Successor => this with { Step = Step + 1, TookOver = false };

    /// <summary>
    /// The lineage as the message with that sequence number continues it. A root's id comes again whenever its conference is
    /// notified again, within the duplicate detection window of what the first run still sends; the number keeps the runs apart.
    /// </summary>
    /// <param name="sequenceNumber">The number that the queue gave to the message, the same at every delivery.</param>
    public Lineage ContinueFrom(long sequenceNumber) => Step == 0 ? this with { Root = $"{Root}:{sequenceNumber}" } : this;

    /// <summary>The next message's, after a recording that was not ready.</summary>
    public Lineage AfterCheck() => Next(Checks + 1);

    /// <summary>The next message's, after videos were found, or the meeting was found to be still running.</summary>
    public Lineage AfterProgress() => Next(checks: 0);

    /// <summary>The next message's, after a look that was put off. The time until then does not age the lineage.</summary>
    /// <param name="wait">How long it is put off.</param>
    public Lineage AfterPostponement(TimeSpan wait) => Successor with { FirstEnqueuedAt = FirstEnqueuedAt + wait };

    /// <summary>The next message's, after a throttled answer.</summary>
    public Lineage AfterThrottle() => Successor with { Throttles = Throttles + 1 };

    /// <summary>The next message's, after a fault.</summary>
    /// <param name="now">The time, UTC.</param>
    public Lineage AfterFault(DateTimeOffset now) => Successor.WithFault(now);

    /// <summary>
    /// The next message's, to which one hands over that was delivered again. It asks in the name of every user once more, for only
    /// their refusal says why it fails.
    /// </summary>
    public Lineage AfterRedelivery() => Successor with { TookOver = true, RefusedUnionIds = [] };

    /// <summary>This message's, with a fault more.</summary>
    /// <param name="now">The time, UTC.</param>
    public Lineage WithFault(DateTimeOffset now)
        => this with { Faults = Faults + 1, Throttles = 0, FirstFailureAt = FirstFailureAt ?? now };

    /// <summary>This message's, with no fault in a row.</summary>
    internal Lineage WithoutFaults() => this with { Faults = 0, Throttles = 0, FirstFailureAt = null };

    /// <summary>An id that the queue accepts: the text, or its SHA-256 in hex where it is too long.</summary>
    public static string MessageIdOf(string text)
        => text.Length <= MaxMessageIdLength ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Lineage Next(int checks)
        => Successor.WithoutFaults() with { Checks = checks };
}
