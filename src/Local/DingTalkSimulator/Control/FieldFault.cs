namespace DingTalkSimulator.Control;

/// <summary>What is wrong with a request.</summary>
/// <param name="Field">The field at fault.</param>
/// <param name="Expected">What was expected there.</param>
internal sealed record FieldFault(string Field, string Expected)
{
    /// <summary>The same fault as seen from outside the object that it is in.</summary>
    public FieldFault Within(string field) => this with { Field = $"{field}.{Field}" };
}
