using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Support;

namespace EndToEnd.Tests.LocalHost;

public sealed partial class RunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_taken_port_is_one_clear_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var host = Start(["--port", $"{port}"]);

        Assert.Equal(1, await host.ExitAsync(Cancellation));
        Assert.Contains($"Port {port} is taken", Assert.Single(host.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_settings_are_one_line_each()
    {
        await using var host = Start(["--port", "0"], ("DingTalk__BaseAddress", "https://api.dingtalk.example"));

        Assert.Equal(1, await host.ExitAsync(Cancellation));
        Assert.Equal(
            ["DingTalk__AppKey", "DingTalk__AppSecret", "DingTalk__CallbackToken", "DingTalk__EncodingAesKey"],
            host.Errors.Select(static line => SettingName().Match(line).Groups[1].Value));
    }

    [Fact]
    public async Task Without_node_one_clear_line_says_what_to_install()
    {
        var empty = Directory.CreateTempSubdirectory();
        await using var host = Start(["--port", "0"], ("PATH", empty.FullName), ("Path", empty.FullName));

        Assert.Equal(1, await host.ExitAsync(Cancellation));
        Assert.Contains("Install Node.js 20", Assert.Single(host.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_host_leaves_no_azurite_behind()
    {
        var state = Directory.CreateTempSubdirectory();
        await using var host = Start(["--port", "0", "--state", state.FullName]);
        var port = await BlobPortAsync(host);
        Assert.True(await IsListeningAsync(port));

        await host.KillAsync();

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Patience);
        while (await IsListeningAsync(port))
        {
            await Task.Delay(50, timeout.Token);
        }
    }

    [Fact]
    public async Task An_interrupt_stops_everything_in_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that one process can send to another.");
        await using var host = Start(["--port", "0"]);
        var port = await BlobPortAsync(host);

        host.Signal("INT");

        Assert.Equal(0, await host.ExitAsync(Cancellation));
        Assert.False(await IsListeningAsync(port));
        Assert.Contains("Stopping ...", host.Output);
    }

    [Fact]
    public async Task Commands_find_the_host_that_runs_and_a_second_host_is_kept_out_of_its_folder()
    {
        var state = Directory.CreateTempSubdirectory().FullName;
        await using (var host = Start(["--port", "0", "--state", state]))
        {
            await host.LineAsync(static line => line.Contains("Ctrl+C", StringComparison.Ordinal), Cancellation);

            await using var list = Start(["poison", "list", "--state", state]);
            Assert.Equal(0, await list.ExitAsync(Cancellation));
            Assert.Equal("0 messages.", list.Output[^1]);
            await SendAsync(host.Output.Single(static line => line.Contains("orgAccessForbidden", StringComparison.Ordinal)));
            await UntilListedAsync(state, "orgAccessForbidden");
            await using var manifests = Start(["manifests", "--state", state, "--json"]);
            Assert.Equal(0, await manifests.ExitAsync(Cancellation));
            await using var second = Start(["--port", "0", "--state", state]);
            Assert.Equal(1, await second.ExitAsync(Cancellation));
            Assert.Contains($"Another LocalHost uses the state folder {state}", Assert.Single(second.Errors), StringComparison.Ordinal);
            await host.KillAsync();
        }

        // The dead one's traces mislead nobody.
        await using var later = Start(["poison", "list", "--state", state]);
        Assert.Equal(1, await later.ExitAsync(Cancellation));
        Assert.Contains("no LocalHost runs", later.Errors[0], StringComparison.Ordinal);
        await using var next = Start(["--port", "0", "--state", state]);
        await next.LineAsync(static line => line.Contains("Ctrl+C", StringComparison.Ordinal), Cancellation);
    }

    [Fact]
    public async Task The_services_alone_print_the_settings_that_point_to_them()
    {
        await using var services = Start(["services", "--service-bus-port", "0", "--blob-port", "0", "--dingtalk-port", "0"]);

        await services.LineAsync(static line => line.Contains("Ctrl+C", StringComparison.Ordinal), Cancellation);

        Assert.Contains(services.Output, static line => line.StartsWith("ServiceBus=Endpoint=sb://localhost:", StringComparison.Ordinal));
        Assert.Contains(services.Output, static line => line.StartsWith("Manifests=DefaultEndpointsProtocol=http;", StringComparison.Ordinal));
        Assert.Contains(services.Output, static line => line.StartsWith("DingTalk__BaseAddress=http://127.0.0.1:", StringComparison.Ordinal));
        Assert.Contains(services.Output, static line => line.StartsWith("DingTalk__EncodingAesKey=", StringComparison.Ordinal));
    }

    private static ChildProcess Start(string[] arguments, params (string Name, string? Value)[] environment)
        => ChildProcess.Start(
            "LocalHost",
            arguments.Contains("--port") && !arguments.Contains("--state") ? [.. arguments, "--state", Directory.CreateTempSubdirectory().FullName] : arguments,
            environment.ToDictionary(static one => one.Name, static one => one.Value));

    // What the banner offers, as a shell takes it.
    private static async Task SendAsync(string curl)
    {
        var url = new Uri(curl.Split(' ', StringSplitOptions.RemoveEmptyEntries).Single(static word => word.StartsWith("http", StringComparison.Ordinal)));
        var json = curl[(curl.IndexOf("-d \"", StringComparison.Ordinal) + 4)..^1].Replace("\\\"", "\"", StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.PostAsync(url, new StringContent(json, System.Text.Encoding.UTF8, "application/json"), Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{curl}: {answer.StatusCode}");
    }

    private static async Task UntilListedAsync(string state, string reason)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Patience);
        for (var isThere = false; !isThere;)
        {
            timeout.Token.ThrowIfCancellationRequested();
            await using var list = Start(["poison", "list", "--source", "deadletter", "--state", state]);
            Assert.Equal(0, await list.ExitAsync(Cancellation));
            isThere = list.Output.Any(line => line.Contains(reason, StringComparison.Ordinal));
        }
    }

    private static async Task<int> BlobPortAsync(ChildProcess host)
    {
        var line = await host.LineAsync(static line => line.Contains("devstoreaccount1", StringComparison.Ordinal), Cancellation);
        return int.Parse(Port().Match(line).Groups[1].Value);
    }

    private static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex("setting ([A-Za-z_]+)")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)/devstoreaccount1")]
    private static partial Regex Port();
}
