using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;
using Microsoft.Extensions.Logging;

namespace Worker.Tests;

[Collection(SharedApp.Name)]
public sealed class When_a_meeting_ends(SharedApp shared)
{
    private readonly RunningApp _app = shared.App;

    [Fact]
    public async Task A_push_becomes_a_manifest_with_every_video()
    {
        var conference = _app.DingTalk.Tenant.AddConference(videos: 3);

        await _app.PushEndedAsync(conference);

        var manifest = ManifestJson.Deserialize((await _app.ManifestAsync(conference.Id)).ToMemory().Span, EndedAtSource.Event);
        Assert.Equal(ManifestStatus.Recorded, manifest.Status);
        Assert.Equal(conference.EndedAt, manifest.EndedAt);
        Assert.Equal(
            conference.Videos.Select(static video => video.MediaId).Order(StringComparer.Ordinal),
            manifest.Videos.Select(static video => video.MediaId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_host_is_told_by_each_function_under_its_own_invocation()
    {
        var conference = _app.DingTalk.Tenant.AddConference();

        await _app.PushEndedAsync(conference);

        var enqueued = await _app.Host.Log.LineAsync(IsFrom("DingTalkEvents"), TestContext.Current.CancellationToken);
        var finished = await _app.Host.Log.LineAsync(IsFrom("FetchRecordings"), TestContext.Current.CancellationToken);
        Assert.Equal((LogLevel.Information, LogLevel.Information), (enqueued.Level, finished.Level));
        Assert.NotEqual("", enqueued.InvocationId);
        Assert.NotEqual(enqueued.InvocationId, finished.InvocationId);

        Func<FunctionsHost.LogLine, bool> IsFrom(string function)
            => line => line.Category == $"MeetingRecordings.Functions.{function}"
                && line.Message.Contains(conference.Id, StringComparison.Ordinal);
    }
}
