namespace MeetingRecordings.Functions.Failed;

/// <summary>Some of the messages that have failed, the oldest first.</summary>
/// <param name="Source">Where they lie.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Next">Where to go on reading (the parameter <c>from</c>); null at the end.</param>
public sealed record FailedPage(FailedQueue Source, IReadOnlyList<FailedMessage> Messages, long? Next);
