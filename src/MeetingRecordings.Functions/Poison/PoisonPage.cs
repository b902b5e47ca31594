namespace MeetingRecordings.Functions.Poison;

/// <summary>Some of the messages that were given up, the oldest first.</summary>
/// <param name="Source">Where they lie.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Next">Where to go on reading (the parameter <c>from</c>); null at the end.</param>
public sealed record PoisonPage(PoisonSource Source, IReadOnlyList<PoisonedMessage> Messages, long? Next);
