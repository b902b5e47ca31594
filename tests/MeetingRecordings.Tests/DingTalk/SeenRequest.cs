namespace MeetingRecordings.Tests.DingTalk;

/// <summary>A request that was made of DingTalk.</summary>
internal sealed record SeenRequest(HttpMethod Method, string Path, string PathAndQuery, string? Token, string? Body)
{
    public static async Task<SeenRequest> OfAsync(HttpRequestMessage request, CancellationToken cancellationToken) => new(
        request.Method,
        request.RequestUri!.AbsolutePath,
        request.RequestUri.PathAndQuery,
        request.Headers.TryGetValues("x-acs-dingtalk-access-token", out var values) ? values.Single() : null,
        request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken));
}
