namespace MeetingRecordings.Checkpoints;

/// <summary>
/// The steps between which the process may end at any moment, in the order in which a conference passes them. For each there is
/// a test that ends it there.
/// </summary>
public enum Checkpoint
{
    /// <summary>Service Bus has accepted a request's notifications; the request is not answered yet.</summary>
    NotificationsAccepted,

    /// <summary>A message has been received.</summary>
    MessageReceived,

    /// <summary>There is an access token for the next call.</summary>
    TokenObtained,

    /// <summary>DingTalk has answered a call about a conference.</summary>
    AnswerReceived,

    /// <summary>A manifest is about to be written.</summary>
    ManifestReady,

    /// <summary>A manifest has been written.</summary>
    ManifestWritten,

    /// <summary>The next look is scheduled; the present message is not completed yet.</summary>
    NextLookScheduled,

    /// <summary>The conference is in the poison queue; its message is not completed yet.</summary>
    PoisonSent,

    /// <summary>A poisoned conference is on the conference queue again; it still is in the poison queue.</summary>
    ReplaySent,

    /// <summary>A page of failed pushes is on the queue; DingTalk still lists it.</summary>
    SweepPageEnqueued,
}
