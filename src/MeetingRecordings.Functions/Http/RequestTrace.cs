using System.Diagnostics;
using MeetingRecordings.Telemetry;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Http;

/// <summary>The trace of a request.</summary>
internal static class RequestTrace
{
    /// <summary>
    /// Begins the span of a request: below the host's own where there is one, else below its sender's. It is an internal one, for the
    /// Functions host tells of the request itself, which would otherwise be counted twice.
    /// </summary>
    public static Activity? Start(HttpRequest request, string name)
        => RecordingTelemetry.Source.StartActivity(name, ActivityKind.Internal, Activity.Current?.Context ?? SenderOf(request));

    private static ActivityContext SenderOf(HttpRequest request)
        => ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var sender) ? sender : default;
}
