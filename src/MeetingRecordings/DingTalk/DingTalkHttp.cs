using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk.Wire;
using MeetingRecordings.Json;
using MeetingRecordings.Telemetry;
using Polly;
using Polly.Retry;

namespace MeetingRecordings.DingTalk;

/// <summary>Calls DingTalk over HTTP: a time limit and a size limit on each call, a few quick tries, and every failure as a value.</summary>
public sealed class DingTalkHttp : IDisposable
{
    /// <summary>The largest body that is read: 4 MiB, about 10,000 videos.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private static readonly ResiliencePropertyKey<Deadline?> DeadlineKey = new("deadline");

    private readonly HttpClient _http;
    private readonly DingTalkOptions _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _quickTries;
    private readonly CallPace _pace;

    /// <summary>Creates a caller.</summary>
    /// <param name="http">A client from <see cref="CreateClient"/>.</param>
    /// <param name="options">Where and how to call.</param>
    /// <param name="clock">The time.</param>
    public DingTalkHttp(HttpClient http, DingTalkOptions options, TimeProvider clock)
    {
        _http = http;
        _options = options;
        _clock = clock;
        _pace = new CallPace(options.CallsPerSecond, clock);
        _quickTries = options.QuickRetries == 0 ? ResiliencePipeline.Empty : CreateQuickTries(options, clock);
    }

    /// <summary>Creates the client that all calls share: pooled connections that follow DNS, no redirects, bounded bodies.</summary>
    /// <param name="options">Where to call.</param>
    public static HttpClient CreateClient(DingTalkOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the access token to wherever it points.
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Our own span tells all; a second one, and its id in a header that DingTalk does not read, would be paid for in every call.
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

    /// <summary>Calls once, and again a few times where the failure is likely to pass at once.</summary>
    /// <typeparam name="T">The body of a good answer.</typeparam>
    /// <param name="api">What is called.</param>
    /// <param name="createRequest">Makes the request anew for each try.</param>
    /// <param name="bodyType">How to read the body.</param>
    /// <param name="deadline">When the call must be through, its tries included; null where only their own limits count.</param>
    /// <param name="cancellationToken">Gives the whole call up, by an exception.</param>
    internal async Task<ApiAnswer<T>> CallAsync<T>(
        DingTalkApi api,
        Func<HttpRequestMessage> createRequest,
        JsonTypeInfo<T> bodyType,
        Deadline? deadline,
        CancellationToken cancellationToken)
        where T : class
    {
        ApiAnswer<T>? last = null;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(DeadlineKey, deadline);
        try
        {
            return await _quickTries.ExecuteAsync(async tried => last = await TryAsync(last, tried.CancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        async ValueTask<ApiAnswer<T>> TryAsync(ApiAnswer<T>? before, CancellationToken token)
        {
            var asked = false;
            var answer = await _pace.CallAsync(
                api,
                async turn =>
                {
                    asked = true;
                    return await TellAsync(api, () => CallOnceAsync(createRequest, bodyType, deadline, turn)).ConfigureAwait(false);
                },
                deadline,
                token).ConfigureAwait(false);

            // That a further try found no turn says less than what the last one was answered.
            return asked ? answer : before ?? answer;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _pace.Dispose();

    private async Task<ApiAnswer<T>> TellAsync<T>(DingTalkApi api, Func<Task<ApiAnswer<T>>> call)
    {
        using var activity = RecordingTelemetry.Source.StartActivity($"dingtalk {api}", ActivityKind.Client);
        var start = _clock.GetTimestamp();
        var answer = await call().ConfigureAwait(false);
        var error = (answer as IFailedAnswer)?.Error;
        RecordingTelemetry.Called(api, error, _clock.GetElapsedTime(start));
        if (error is not null)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Code);
            activity?.SetTag("dingtalk.request_id", error.RequestId);
        }

        return answer;
    }

    private async Task<ApiAnswer<T>> CallOnceAsync<T>(
        Func<HttpRequestMessage> createRequest,
        JsonTypeInfo<T> bodyType,
        Deadline? deadline,
        CancellationToken cancellationToken)
        where T : class
    {
        var limit = Deadline.Shorten(deadline, _options.CallTimeout);
        using var timeout = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = createRequest();
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return Read(response, body, bodyType);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail<T>(TransportCodes.Timeout, string.Create(CultureInfo.InvariantCulture, $"No whole answer within {limit.TotalSeconds:0.###} s."));
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
        var (status, retryAfter, requestId) = ((int)response.StatusCode, RetryAfter(response.Headers.RetryAfter), RequestId(response));
        try
        {
            var json = JsonBody.ToUtf8(body, response.Content.Headers.ContentType?.CharSet);
            var error = JsonSerializer.Deserialize(json, DingTalkJsonContext.Default.ErrorBody)?.ToError(status, retryAfter, requestId);
            if (error is not null)
            {
                return new ApiAnswer<T>.Failed(error);
            }

            if (JsonSerializer.Deserialize(json, bodyType) is { } value)
            {
                return new ApiAnswer<T>.Ok(value, requestId);
            }
        }
        catch (JsonException)
        {
            // Said below, with the status.
        }

        return Fail<T>(TransportCodes.UnreadableBody, $"HTTP {status} with a body that is no JSON object of the expected shape.", status, retryAfter, requestId);
    }

    private static ResiliencePipeline CreateQuickTries(DingTalkOptions options, TimeProvider clock)
        => new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static args => ValueTask.FromResult(IsWorthAnotherTry(args.Outcome.Result, args.Context.Properties.GetValue(DeadlineKey, null))),
                MaxRetryAttempts = options.QuickRetries,
                Delay = options.QuickRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();

    // Who says when to come again is not asked before.
    private static bool IsWorthAnotherTry(object? answer, Deadline? deadline)
        => answer is IFailedAnswer { Error: { Class: ErrorClass.Faulted } error } && !(error.RetryAfter > TimeSpan.Zero) && deadline?.Left != TimeSpan.Zero;

    private static ApiAnswer<T>.Failed Fail<T>(string code, string message, int? status = null, TimeSpan? retryAfter = null, string? requestId = null)
        => new(new DingTalkError(code, message, status, requestId, retryAfter));

    // It ends up in the manifest's metadata, which takes no other characters.
    private static string? RequestId(HttpResponseMessage response)
        => response.Headers.TryGetValues("x-acs-request-id", out var values) && values.First() is var id && Identifiers.IsPrincipal(id) ? id : null;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
        => header?.Delta ?? (header?.Date is { } date && date > _clock.GetUtcNow() ? date - _clock.GetUtcNow() : null);
}
