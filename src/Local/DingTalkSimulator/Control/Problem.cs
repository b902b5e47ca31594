using System.Text.Json.Serialization;

namespace DingTalkSimulator.Control;

/// <summary>An RFC 9457 problem.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What kind of problem it is.</param>
/// <param name="Detail">What is wrong, and what was expected.</param>
/// <param name="Field">The field at fault; null where it is none.</param>
internal sealed record Problem(int Status, string Title, string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null)
{
    /// <summary>400 for a field.</summary>
    public static Problem Of(FieldFault fault)
        => new(400, "A field is missing or malformed.", $"{fault.Field}: expected {fault.Expected}.", fault.Field);

    /// <summary>404 for a conference.</summary>
    public static Problem NoConference => new(404, "There is no such conference.", "conferenceId: expected one that was made here.", "conferenceId");

    /// <summary>409 for a push to nowhere.</summary>
    public static Problem NoCallbackUrl => new(409, "No callback URL is known.", "Start the simulator with --callback-url, or say \"push\": false.");

    /// <summary>409 where there is no third-party app.</summary>
    public static Problem NoSuite => new(409, "No third-party app is known.", "Start the simulator with --suite-key and --suite-secret.");
}
