using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk.Wire;
using MeetingRecordings.Json;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// Calls DingTalk over HTTP: at the pace that it allows, with a limit on each call's time and size and a few quick tries. Every
/// failure is a value.
/// </summary>
public sealed class DingTalkHttp : IDisposable
{
    /// <summary>The largest body that is read: 4 MiB, about 10,000 videos.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly DingTalkOptions _options;
    private readonly TimeProvider _clock;
    private readonly CallPace _pace;
    private readonly CallBudget? _budget;

    /// <summary>Creates a caller.</summary>
    /// <param name="http">A client from <see cref="CreateClient"/>.</param>
    /// <param name="options">Where and how to call.</param>
    /// <param name="clock">The time.</param>
    /// <param name="budget">Counts what is metered; null where nothing does.</param>
    public DingTalkHttp(HttpClient http, DingTalkOptions options, TimeProvider clock, CallBudget? budget = null)
    {
        _http = http;
        _options = options;
        _clock = clock;
        _budget = budget;
        _pace = new CallPace(options.CallsPerSecond, clock);
    }

    /// <summary>Creates the client that all calls share: pooled connections that follow DNS, no redirects, bounded bodies.</summary>
    public static HttpClient CreateClient(DingTalkOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the access token to wherever it points.
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Our own span tells all; a second one, and its id in a header that DingTalk does not read, would cost every call.
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.CallTimeout,
        };
        return new HttpClient(handler)
        {
            BaseAddress = options.BaseAddress,
            MaxResponseContentBufferSize = MaxBodyBytes,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Calls with an access token, and once more with a new one where DingTalk refuses the first.</summary>
    internal async Task<ApiAnswer<T>> CallAsync<T>(
        DingTalkApi api,
        AccessTokens tokens,
        Func<AccessToken, HttpRequestMessage> createRequest,
        JsonTypeInfo<T> bodyType,
        CancellationToken cancellationToken)
        where T : class
    {
        for (var isLast = false; ; isLast = true)
        {
            var got = await tokens.GetAsync(cancellationToken);
            if (got is not ApiAnswer<AccessToken>.Ok { Value: var token })
            {
                return new ApiAnswer<T>.Failed(got.Error!);
            }

            var answer = await CallAsync(api, () => createRequest(token), bodyType, cancellationToken);
            if (isLast || answer.Error?.Class != ErrorClass.InvalidToken)
            {
                return answer;
            }

            tokens.Drop(token);
        }
    }

    /// <summary>Calls once, and again a few times where the failure is likely to pass at once.</summary>
    /// <param name="api">What is called.</param>
    /// <param name="createRequest">Makes the request anew for each try.</param>
    /// <param name="bodyType">How to read the body.</param>
    /// <param name="cancellationToken">Cancels the call, by an exception unless a try was answered before.</param>
    internal async Task<ApiAnswer<T>> CallAsync<T>(
        DingTalkApi api,
        Func<HttpRequestMessage> createRequest,
        JsonTypeInfo<T> bodyType,
        CancellationToken cancellationToken)
        where T : class
    {
        ApiAnswer<T>? answer = null;
        try
        {
            for (var retry = 0; ; retry++)
            {
                if (await _pace.WaitForTurnAsync(api, cancellationToken) is { } noTurn)
                {
                    // That a further try found no turn says less than what the last one was answered.
                    return answer ?? new ApiAnswer<T>.Failed(noTurn);
                }

                answer = await AskAsync(api, createRequest, bodyType, cancellationToken);
                if (retry == _options.QuickRetries || !IsWorthAnotherTry(answer.Error))
                {
                    return answer;
                }

                await Task.Delay(QuickRetryDelay(retry), _clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (answer is not null)
        {
            return answer;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _pace.Dispose();

    // Who says when to come again is not asked before.
    private static bool IsWorthAnotherTry(DingTalkError? error)
        => error is { Class: ErrorClass.Faulted } && !(error.RetryAfter > TimeSpan.Zero);

    // Doubled for each try, and spread from half of it to half as much again.
    private TimeSpan QuickRetryDelay(int retry)
        => _options.QuickRetryDelay * Math.Pow(2, retry) * (0.5 + Random.Shared.NextDouble());

    private async Task<ApiAnswer<T>> AskAsync<T>(
        DingTalkApi api, Func<HttpRequestMessage> createRequest, JsonTypeInfo<T> bodyType, CancellationToken cancellationToken)
        where T : class
    {
        using var activity = RecordingTelemetry.Source.StartActivity($"dingtalk {api}", ActivityKind.Client);
        var start = _clock.GetTimestamp();
        var answer = await SendAsync(createRequest, bodyType, cancellationToken);
        RecordingTelemetry.Called(api, answer.Error, _clock.GetElapsedTime(start));
        _pace.Note(api, answer.Error);
        _budget?.Count(api, answer.Error);
        if (answer.Error is { } error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Code);
            activity?.SetTag("dingtalk.request_id", error.RequestId);
        }

        return answer;
    }

    private async Task<ApiAnswer<T>> SendAsync<T>(
        Func<HttpRequestMessage> createRequest, JsonTypeInfo<T> bodyType, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(_options.CallTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = createRequest();
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return Read(response, await response.Content.ReadAsByteArrayAsync(either.Token), bodyType);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail<T>(
                TransportCodes.Timeout,
                string.Create(CultureInfo.InvariantCulture, $"No whole answer within {_options.CallTimeout.TotalSeconds:0.###} s."));
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
                ? Fail<T>(TransportCodes.BodyTooLarge, $"The answer's body is larger than {MaxBodyBytes} bytes.")
                : Fail<T>(TransportCodes.ConnectionFailure, $"{e.HttpRequestError}: {e.Message}");
        }
        catch (IOException e)
        {
            return Fail<T>(TransportCodes.ConnectionFailure, e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            // What gzip and deflate, and what Brotli, throw at a body that is not compressed as its header says.
            return Fail<T>(TransportCodes.UnreadableBody, "The answer's body cannot be decompressed.");
        }
    }

    private ApiAnswer<T> Read<T>(HttpResponseMessage response, byte[] body, JsonTypeInfo<T> bodyType)
        where T : class
    {
        var status = (int)response.StatusCode;
        var (retryAfter, requestId) = (RetryAfter(response.Headers.RetryAfter), RequestId(response));
        try
        {
            var json = JsonBody.ToUtf8(body, response.Content.Headers.ContentType?.CharSet);
            var errorBody = JsonSerializer.Deserialize(json, DingTalkJsonContext.Default.ErrorBody);
            if (errorBody?.ToError(status, retryAfter, requestId) is { } error)
            {
                return new ApiAnswer<T>.Failed(error);
            }

            if (JsonSerializer.Deserialize(json, bodyType) is { } value and not IAskedBody { IsWhatWasAskedFor: false })
            {
                return new ApiAnswer<T>.Ok(value, Printable(errorBody?.RequestId) ?? requestId);
            }
        }
        catch (JsonException)
        {
            // Said below, with the status.
        }

        return new ApiAnswer<T>.Failed(new DingTalkError(
            TransportCodes.UnreadableBody,
            $"HTTP {status} with a body that is no JSON object of the expected shape.",
            status,
            requestId,
            retryAfter));
    }

    private static ApiAnswer<T>.Failed Fail<T>(string code, string message) => new(new DingTalkError(code, message));

    // It ends up in the manifest's metadata, which takes no other characters.
    private static string? RequestId(HttpResponseMessage response)
        => response.Headers.TryGetValues("x-acs-request-id", out var values) ? Printable(values.First()) : null;

    private static string? Printable(string? id) => Identifiers.IsPrincipal(id) ? id : null;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
        => header?.Delta ?? (header?.Date is { } date && date > _clock.GetUtcNow() ? date - _clock.GetUtcNow() : null);
}
