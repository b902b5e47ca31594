using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Manifests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Shows a conference's manifest as it is stored, with an operator's key.</summary>
public sealed class GetManifest(ManifestCatalog manifests)
{
    /// <summary>Handles one request, with the conference id in its path.</summary>
    [Function(nameof(GetManifest))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manifests/{conferenceId}")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (request.RouteValues["conferenceId"] is not string conferenceId || !Identifiers.IsConferenceId(conferenceId))
        {
            return Problems.BadField(new("conferenceId", Identifiers.ConferenceIdGrammar));
        }

        return await OperatorCall.AskAsync(
            async token => await manifests.GetAsync(conferenceId, token) is { } manifest
                ? TypedResults.Bytes(manifest.ToMemory(), "application/json")
                : Problems.NotFound("There is no manifest of that conference yet."),
            cancellationToken);
    }
}
