namespace MeetingRecordings.Functions.Operators;

/// <summary>What of a conference was found in one place, and erased there.</summary>
/// <param name="Place">The place, in words.</param>
/// <param name="Found">How much of it was found there.</param>
/// <param name="Erased">How much of that is gone.</param>
public sealed record ErasedPlace(string Place, int Found, int Erased);
