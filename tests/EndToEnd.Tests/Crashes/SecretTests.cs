namespace EndToEnd.Tests.Crashes;

public sealed class SecretTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task No_secret_is_in_any_output_of_the_host_whatever_DingTalk_answers()
    {
        await using var site = await CrashSite.StartAsync(azurite);
        await using var host = await site.StartHostAsync(sweeps: true);
        await site.EndMeetingsUnheardAsync();
        await site.EndMeetingsAsync();
        await site.UntilSweptAsync();
        await site.SettleAsync();
        await site.ReplayAsync();
        await site.SettleAsync();

        var secrets = await site.SecretsAsync();

        Assert.Contains(host.Errors, static line => line.Contains("permissionError", StringComparison.Ordinal));
        Assert.All([.. host.Output, .. host.Errors], line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }
}
