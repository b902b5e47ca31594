using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Tickets;

namespace MeetingRecordings.Functions.Http;

/// <summary>How the app is doing.</summary>
/// <param name="At">When the queues were counted, UTC.</param>
/// <param name="Queues">What lies in them.</param>
/// <param name="Accepted">What this instance has accepted.</param>
/// <param name="Manifests">What has come of late meetings; null where Blob Storage does not say.</param>
/// <param name="Calls">What is used of the month's calls; null where there is no budget.</param>
/// <param name="Readiness">Whether everything that the app needs works.</param>
internal sealed record OverviewAnswer(
    DateTimeOffset At,
    SurveyedQueues Queues,
    AcceptedNotifications Accepted,
    WrittenManifests? Manifests,
    MonthCalls? Calls,
    ReadinessReport Readiness);
