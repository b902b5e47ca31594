namespace DingTalkSimulator.Control;

/// <summary>What is wrong with a request.</summary>
/// <param name="Field">The field at fault.</param>
/// <param name="Expected">What was expected there.</param>
internal sealed record FieldFault(string Field, string Expected);
