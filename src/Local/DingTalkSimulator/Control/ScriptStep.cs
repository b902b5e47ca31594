using System.Text.Json;
using System.Text.Json.Serialization;
using DingTalkSimulator.Faults;

namespace DingTalkSimulator.Control;

/// <summary>One step of a script: an answer, and to how many calls it is given.</summary>
internal sealed record ScriptStep
{
    private const int DefaultHtmlStatus = 502;
    private const int DefaultHugeBytes = 8 * 1024 * 1024;
    private const int MaxHugeBytes = 1024 * 1024 * 1024;
    private const int MaxMs = 3_600_000;

    private static readonly AnswerKind[] ApiKinds =
    [
        AnswerKind.Usual, AnswerKind.Error, AnswerKind.OldError, AnswerKind.Raw, AnswerKind.Html, AnswerKind.Truncated, AnswerKind.SlowBody,
        AnswerKind.BrokenOff, AnswerKind.Reset, AnswerKind.Huge, AnswerKind.Ban,
    ];

    private static readonly AnswerKind[] FileKinds =
    [
        AnswerKind.Usual, AnswerKind.Raw, AnswerKind.Html, AnswerKind.Truncated, AnswerKind.SlowBody, AnswerKind.BrokenOff, AnswerKind.Reset,
        AnswerKind.NoRange, AnswerKind.WrongRange, AnswerKind.NewVersion, AnswerKind.Expired, AnswerKind.Redirect,
    ];

    /// <summary>The kind. Default: what follows from code, errcode, status or body.</summary>
    public AnswerKind? Kind { get; set; }

    /// <summary>To how many calls. Default: 1.</summary>
    public int Times { get; set; } = 1;

    /// <summary>The wait before the first byte.</summary>
    public int DelayMs { get; set; }

    /// <summary>An error code; with a status and a message it may be any.</summary>
    public string? Code { get; set; }

    /// <summary>The message of an error.</summary>
    public string? Message { get; set; }

    /// <summary>The HTTP status of an error, a raw answer or a page of HTML.</summary>
    public int? Status { get; set; }

    /// <summary>The header Retry-After of an error.</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>The number of an error of the older API.</summary>
    [JsonPropertyName("errcode")]
    public int? ErrCode { get; set; }

    /// <summary>The message of an error of the older API.</summary>
    [JsonPropertyName("errmsg")]
    public string? ErrMsg { get; set; }

    /// <summary>The body of a raw answer.</summary>
    public string? Body { get; set; }

    /// <summary>The media type of a raw answer. Default: JSON.</summary>
    public string? ContentType { get; set; }

    /// <summary>The pause in the middle of a slow body. Default: 1 s.</summary>
    public int PauseMs { get; set; } = 1000;

    /// <summary>The size of a huge answer. Default: 8 MiB.</summary>
    public int Bytes { get; set; } = DefaultHugeBytes;

    /// <summary>Where a redirect leads. Default: to the same file under another path.</summary>
    public Uri? Location { get; set; }

    /// <summary>What is wrong with the step.</summary>
    /// <param name="ofFiles">Whether it answers a request for a file; else a call of the API.</param>
    /// <returns>The field and what was expected there; null where nothing is wrong.</returns>
    public FieldFault? FindFault(bool ofFiles)
    {
        var kinds = ofFiles ? FileKinds : ApiKinds;
        return Times < 1 ? new FieldFault("times", "a number from 1")
            : DelayMs is < 0 or > MaxMs ? new FieldFault("delayMs", $"a number from 0 to {MaxMs}")
            : PauseMs is < 0 or > MaxMs ? new FieldFault("pauseMs", $"a number from 0 to {MaxMs}")
            : Bytes is < 1 or > MaxHugeBytes ? new FieldFault("bytes", $"a number from 1 to {MaxHugeBytes}")
            : Status is < 200 or > 599 ? new FieldFault("status", "an HTTP status from 200 to 599")
            : RetryAfterSeconds < 0 ? new FieldFault("retryAfterSeconds", "a number from 0")
            : KindOf() switch
            {
                null => new FieldFault("kind", $"one of {NamesOf(kinds)}, or a code, an errcode, a status or a body"),
                { } kind when !kinds.Contains(kind) => new FieldFault("kind", $"one of {NamesOf(kinds)}"),
                AnswerKind.Redirect when Location is { IsAbsoluteUri: false } => new FieldFault("location", "an absolute URL"),
                AnswerKind.Error when string.IsNullOrEmpty(Code) => new FieldFault("code", "an error code"),
                AnswerKind.Error when Status is null && ErrorCatalogue.Find(Code!) is null
                    => new FieldFault("code", "one of DingTalk's error codes, or a status beside it"),
                AnswerKind.OldError when ErrCode is null => new FieldFault("errcode", "a number"),
                AnswerKind.Raw when Body is null && Status is null => new FieldFault("body", "a string"),
                _ => null,
            };
    }

    /// <summary>The answer. The step must be without fault.</summary>
    public ScriptedAnswer ToAnswer()
    {
        ScriptedAnswer answer = KindOf() switch
        {
            AnswerKind.Error => ToError(ErrorCatalogue.Find(Code!)),
            AnswerKind.OldError => new ScriptedAnswer.OldError(ErrCode!.Value, ErrMsg ?? ""),
            AnswerKind.Raw => new ScriptedAnswer.Raw(Status ?? 200, ContentType ?? "application/json", Body ?? ""),
            AnswerKind.Html => ScriptedAnswer.Raw.Html(Status ?? DefaultHtmlStatus),
            AnswerKind.Truncated => new ScriptedAnswer.Truncated(),
            AnswerKind.SlowBody => new ScriptedAnswer.SlowBody(TimeSpan.FromMilliseconds(PauseMs)),
            AnswerKind.BrokenOff => new ScriptedAnswer.BrokenOff(),
            AnswerKind.Reset => new ScriptedAnswer.Reset(),
            AnswerKind.Huge => new ScriptedAnswer.Huge(Bytes),
            AnswerKind.Ban => new ScriptedAnswer.Ban(),
            AnswerKind.NoRange => new ScriptedAnswer.NoRange(),
            AnswerKind.WrongRange => new ScriptedAnswer.WrongRange(),
            AnswerKind.NewVersion => new ScriptedAnswer.NewVersion(),
            AnswerKind.Expired => new ScriptedAnswer.Expired(),
            AnswerKind.Redirect => new ScriptedAnswer.Redirect(Location),
            _ => new ScriptedAnswer.Usual(),
        };
        return answer with { Delay = TimeSpan.FromMilliseconds(DelayMs) };
    }

    private static string NamesOf(IEnumerable<AnswerKind> kinds)
        => string.Join(", ", kinds.Select(static kind => JsonNamingPolicy.CamelCase.ConvertName($"{kind}")));

    private AnswerKind? KindOf()
        => Kind
            ?? (Code is not null ? AnswerKind.Error
                : ErrCode is not null ? AnswerKind.OldError
                : Body is not null || Status is not null ? AnswerKind.Raw
                : DelayMs > 0 ? AnswerKind.Usual
                : null);

    private ScriptedAnswer.ApiError ToError(ScriptedAnswer.ApiError? documented)
        => (documented ?? new ScriptedAnswer.ApiError(Status!.Value, Code!, Code!)) switch
        {
            var error => error with { Status = Status ?? error.Status, Message = Message ?? error.Message, RetryAfterSeconds = RetryAfterSeconds },
        };
}
