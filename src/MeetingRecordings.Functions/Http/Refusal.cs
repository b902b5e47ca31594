using MeetingRecordings.Telemetry;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Http;

/// <summary>Refuses a request that brings notifications, and counts it.</summary>
internal static class Refusal
{
    public static IResult Malformed(FieldProblem problem) => Count(NotificationOutcomes.Malformed, Problems.BadField(problem));

    public static IResult Malformed(string detail) => Count(NotificationOutcomes.Malformed, Problems.BadRequest(detail));

    public static IResult Stale(string field) => Count(NotificationOutcomes.Stale, Problems.Stale(field));

    public static IResult NotProved(IResult problem) => Count(NotificationOutcomes.NotProved, problem);

    private static IResult Count(string outcome, IResult problem)
    {
        RecordingTelemetry.Notified(1, outcome);
        return problem;
    }
}
