using MeetingRecordings.Conferences;

namespace MeetingRecordings.Fetching;

/// <summary>A look at a conference: what its message says, and what is learned on the way.</summary>
/// <param name="Message">The conference, and why it is looked at; once a look is over, with the union id that proved right.</param>
/// <param name="Lineage">What came before; once a look is over, with what was learned.</param>
public sealed record Look(ConferenceMessage Message, Lineage Lineage);
