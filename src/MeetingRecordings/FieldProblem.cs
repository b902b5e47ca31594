namespace MeetingRecordings;

/// <summary>A field from outside that is missing or malformed. It repeats nothing that was sent.</summary>
/// <param name="Field">Its name or path; <c>$</c> for the whole.</param>
/// <param name="Expected">What was expected there.</param>
public sealed record FieldProblem(string Field, string Expected)
{
    /// <summary>The problem as a sentence.</summary>
    public override string ToString() => $"{Field}: expected {Expected}.";
}
