using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Operators;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Shows what the archive has of a conference, and gives links to it where they are asked for, with an operator's key.</summary>
public sealed class GetRecordings(ArchiveCatalog archive)
{
    private const string Link = "link";

    /// <summary>Handles one request, with the conference id in its path and perhaps <c>link=true</c> in its query.</summary>
    [Function(nameof(GetRecordings))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "recordings/{conferenceId}")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (request.RouteValues["conferenceId"] is not string conferenceId || !Identifiers.IsConferenceId(conferenceId))
        {
            return Problems.BadField(new("conferenceId", Identifiers.ConferenceIdGrammar));
        }

        var query = new QueryReader(request.Query);
        if (!bool.TryParse(query.Text(Link) ?? bool.FalseString, out var withLinks))
        {
            return Problems.BadField(new(Link, "true or false"));
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return query.Problem ?? await OperatorCall.AskAsync(
            async token => await FindAsync(conferenceId, withLinks, Asker.Of(request), token) is { } found
                ? TypedResults.Json(found, HttpJsonContext.Default.ConferenceArchive)
                : Problems.NotFound("Nothing is archived of that conference, and no manifest says that there is a recording."),
            cancellationToken);
    }

    private Task<ConferenceArchive?> FindAsync(string conferenceId, bool withLinks, string who, CancellationToken cancellationToken)
        => withLinks ? archive.FindWithLinksAsync(conferenceId, who, cancellationToken) : archive.FindAsync(conferenceId, cancellationToken);
}
