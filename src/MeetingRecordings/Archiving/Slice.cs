using MeetingRecordings.Conferences;

namespace MeetingRecordings.Archiving;

/// <summary>A part of the work on a recording, as long as a message lasts: what its message says, and what is learned on the way.</summary>
/// <param name="Message">The recording; once the slice is over, with the union id that proved right.</param>
/// <param name="Lineage">What came before; once the slice is over, with what was learned.</param>
public sealed record Slice(ArchiveMessage Message, Lineage Lineage);
