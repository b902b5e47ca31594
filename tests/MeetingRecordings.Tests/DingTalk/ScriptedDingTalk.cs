using System.Net;
using System.Text;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>Answers DingTalk's three calls from a script: for each path its answers in order, the last for good.</summary>
internal sealed class ScriptedDingTalk : HttpMessageHandler
{
    public const string TokenPath = "/v1.0/oauth2/accessToken";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Func<SeenRequest, HttpResponseMessage>>> _answers = [];
    private readonly List<SeenRequest> _requests = [];

    public ScriptedDingTalk() => Answer(TokenPath, 200, """{"accessToken":"token-1","expireIn":7200}""");

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<SeenRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>One is released for every request that has come.</summary>
    public SemaphoreSlim Arrivals { get; } = new(0);

    /// <summary>What every request waits for before it is answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The requests that were no request for a token.</summary>
    public IEnumerable<string> Calls => Requests.Where(static r => r.Path != TokenPath).Select(static r => r.PathAndQuery);

    public int TokenRequests => Requests.Count(static r => r.Path == TokenPath);

    public ScriptedDingTalk Answer(string path, int status, string body, params (string Name, string Value)[] headers)
        => Answer(path, _ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return response;
        });

    public ScriptedDingTalk Answer(string path, Func<HttpResponseMessage> answer) => Answer(path, _ => answer());

    public ScriptedDingTalk Answer(string path, Func<SeenRequest, HttpResponseMessage> answer)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(path, out var queue))
            {
                _answers[path] = queue = new Queue<Func<SeenRequest, HttpResponseMessage>>();
            }

            queue.Enqueue(answer);
        }

        return this;
    }

    /// <summary>Forgets what a path would have answered.</summary>
    public ScriptedDingTalk Forget(string path)
    {
        lock (_gate)
        {
            _answers.Remove(path);
        }

        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = await SeenRequest.OfAsync(request, cancellationToken);
        Func<SeenRequest, HttpResponseMessage> answer;
        lock (_gate)
        {
            _requests.Add(seen);
            answer = !_answers.TryGetValue(seen.Path, out var queue) && !_answers.TryGetValue(seen.PathAndQuery, out queue)
                ? throw new NotSupportedException($"No answer is scripted for {seen.PathAndQuery}.")
                : queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        }

        Arrivals.Release();
        await Gate.WaitAsync(cancellationToken);
        var answered = answer(seen);
        cancellationToken.ThrowIfCancellationRequested();
        return answered;
    }
}
