using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Models;
using Support;

namespace EndToEnd.Tests.Recovery;

public sealed class When_an_operator_uses_commands(AzuriteFixture azurite)
{
    [Fact]
    public async Task Poison_can_be_listed_replayed_and_dropped()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = await pipeline.PoisonedAsync(3);

        var listed = JsonSerializer.Deserialize<JsonElement>(Assert.Single(await RunAsync(pipeline, 0, "poison", "list", "--reason", "systemError", "--json")));
        var ids = listed.GetProperty("messages").EnumerateArray().Select(static m => m.GetProperty("id").GetInt64()).ToArray();
        Assert.Equal(3, ids.Length);
        var table = await RunAsync(pipeline, 0, "poison", "list");
        Assert.Contains(conferences[0].Id, string.Concat(table), StringComparison.Ordinal);
        var total = Assert.Single(table, static line => line.StartsWith("3 retriesSpent", StringComparison.Ordinal));
        Assert.Contains("Replay when it has passed.", total, StringComparison.Ordinal);

        await RunAsync(pipeline, 0, "poison", "drop", $"{ids[0]}", "--reason", "a test meeting");
        Assert.Equal("2 WouldReplay.", (await RunAsync(pipeline, 0, "poison", "replay", "--all", "--dry-run"))[^1]);
        Assert.Equal("1 Replayed.", (await RunAsync(pipeline, 0, "poison", "replay", "--id", $"{ids[1]}"))[^1]);
        Assert.Equal("1 Replayed.", (await RunAsync(pipeline, 0, "poison", "replay", "--older-than", "00:00:00"))[^1]);
        Assert.Equal("Nothing to replay.", (await RunAsync(pipeline, 0, "poison", "replay", "--all"))[^1]);

        await pipeline.ManifestAsync(conferences[1].Id);
        await pipeline.ManifestAsync(conferences[2].Id);
        Assert.False(await pipeline.Manifests.GetBlobClient($"{conferences[0].Id}.json").ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task All_means_all_however_many_and_what_is_left_is_said()
    {
        const int poisoned = 2500;
        await using var pipeline = await Pipeline.StartAsync(azurite, ("AzureWebJobs__FetchRecordings__Disabled", "true"));
        await pipeline.SendAsync(Pipeline.PoisonQueue, Enumerable.Range(0, poisoned).Select(static i
            => new ServiceBusMessage($$"""{"conferenceId":"conf-{{i}}"}""") { MessageId = $"m-{i}" }));

        Assert.Equal("More of them are left. Repeat the command, or raise --max.", (await RunAsync(pipeline, 1, "poison", "replay", "--all", "--max", "2"))[^1]);
        Assert.Equal($"{poisoned - 2} Replayed.", (await RunAsync(pipeline, 0, "poison", "replay", "--all"))[^1]);

        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Equal(poisoned, pipeline.ServiceBus.CountsOf(Pipeline.Queue).Active);
    }

    [Fact]
    public async Task Manifests_can_be_printed_and_listed()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(conference);
        var stored = await pipeline.ManifestAsync(conference.Id);

        Assert.Equal(stored.Content.ToString(), string.Join('\n', await RunAsync(pipeline, 0, "manifests", conference.Id)));
        Assert.Contains(conference.Id, Assert.Single(await RunAsync(pipeline, 0, "manifests", "--status", "recorded", "--json")), StringComparison.Ordinal);
        Assert.Contains(conference.Id, string.Concat(await RunAsync(pipeline, 0, "manifests")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_back_filled_once()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = Enumerable.Range(0, 3).Select(_ => pipeline.DingTalk.Tenant.AddConference()).ToList();
        var folder = Directory.CreateTempSubdirectory();
        var list = Path.Combine(folder.FullName, "ids.csv");
        await File.WriteAllLinesAsync(
            list, ["conferenceId,endedAt", .. conferences.Select(static c => $"{c.Id},2026-11-01T08:00:00Z"), conferences[0].Id, "a/b"], TestContext.Current.CancellationToken);

        Assert.Equal("3 enqueued, 0 had been before, 1 line cannot be used.", (await RunAsync(pipeline, 1, "backfill", "--from", list))[^1]);
        Assert.Contains("0 enqueued, 3 had been before, 1 line cannot be used.", await RunAsync(pipeline, 1, "backfill", "--from", list));

        foreach (var conference in conferences)
        {
            Assert.Contains("2026-11-01T08:00:00Z", (await pipeline.ManifestAsync(conference.Id)).Content.ToString(), StringComparison.Ordinal);
        }

        await pipeline.DrainAsync();
        Assert.All(conferences, static conference => Assert.Equal(1, conference.GetVideosCalls));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_conference_is_erased_wherever_it_is_kept_and_no_other_one()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var poisoned = await pipeline.PoisonedAsync(2);
        var (erased, kept) = (poisoned[0].Id, poisoned[1].Id);
        foreach (var id in (string[])[erased, kept])
        {
            var blob = pipeline.Manifests.GetBlobClient($"{id}.json");
            await pipeline.Manifests.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
            await blob.UploadAsync(BinaryData.FromString("{}"), overwrite: true, TestContext.Current.CancellationToken);
            await blob.CreateSnapshotAsync(cancellationToken: TestContext.Current.CancellationToken);

            // Nobody can read it, so it is dead-lettered.
            await pipeline.SendAsync(new ServiceBusMessage($"junk about {id}") { MessageId = $"junk-{id}" });
            await pipeline.SendAsync(new ServiceBusMessage($$"""{"conferenceId":"{{id}}"}""")
            {
                MessageId = $"later-{id}",
                ScheduledEnqueueTime = TimeProvider.System.GetUtcNow().AddHours(1),
            });
        }

        await pipeline.UntilDeadLetteredAsync(2);
        string[] found =
        [
            $"Conference {erased}:", "  1 manifest", "  1 among its snapshots", "  1 scheduled for a later look", "  1 in the poison queue",
            "  1 among the dead letters", "  Nothing was erased: this was a dry run.",
        ];
        Assert.Equal(found, await RunAsync(pipeline, 0, "erase", "--conference-id", erased, "--dry-run"));
        Assert.Equal((3, 3), (await MentionsAsync(pipeline, erased), await MentionsAsync(pipeline, kept)));

        Assert.Equal("  All of it is erased.", (await RunAsync(pipeline, 0, "erase", "--conference-id", erased))[^1]);
        Assert.Equal((0, 3), (await MentionsAsync(pipeline, erased), await MentionsAsync(pipeline, kept)));
        Assert.Equal([$"{kept}.json", $"{kept}.json"], await NamesAsync(pipeline));
        Assert.Equal("  Nothing is kept of it.", (await RunAsync(pipeline, 0, "erase", "--conference-id", erased))[^1]);
    }

    [Fact]
    public async Task What_is_no_conference_id_is_not_looked_for()
    {
        await using var command = ChildProcess.Start("LocalHost", ["erase", "--conference-id", "../all"]);

        Assert.Equal(1, await command.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains(command.Errors, static line => line.StartsWith("--conference-id: expected ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_is_one_line()
    {
        await using var withoutSettings = ChildProcess.Start("LocalHost", ["poison", "list", "--state", Directory.CreateTempSubdirectory().FullName], [new("ServiceBus", null)]);

        Assert.Equal(1, await withoutSettings.ExitAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("No setting says where the queues and manifests are", withoutSettings.Errors[0], StringComparison.Ordinal);
    }

    private static async Task<int> MentionsAsync(Pipeline pipeline, string conferenceId)
    {
        IReadOnlyList<ServiceBusReceivedMessage>[] parts =
        [
            await pipeline.PeekAsync(Pipeline.Queue),
            await pipeline.PeekAsync(Pipeline.Queue, SubQueue.DeadLetter),
            await pipeline.PeekAsync(Pipeline.PoisonQueue),
        ];
        return parts.Sum(part => part.Count(message => message.Body.ToString().Contains(conferenceId, StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Pipeline pipeline)
    {
        var names = new List<string>();
        await foreach (var blob in pipeline.Manifests.GetBlobsAsync(
            BlobTraits.None, BlobStates.Snapshots, null, TestContext.Current.CancellationToken))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(Pipeline pipeline, int exitCode, params string[] arguments)
    {
        await using var command = ChildProcess.Start("LocalHost", arguments, pipeline.CommandSettings);
        var ended = await command.ExitAsync(TestContext.Current.CancellationToken);
        Assert.True(ended == exitCode, $"{string.Join(' ', arguments)}: {string.Join(" | ", [.. command.Errors, .. command.Output])}");
        return command.Output;
    }
}
