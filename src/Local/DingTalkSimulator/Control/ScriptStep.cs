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

    /// <summary>The kind. Default: what follows from code, errcode or body.</summary>
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

    /// <summary>What is wrong with the step.</summary>
    /// <returns>The field and what was expected there; null where nothing is wrong.</returns>
    public FieldFault? FindFault()
        => Times < 1 ? new FieldFault("times", "a number from 1")
            : DelayMs is < 0 or > MaxMs ? new FieldFault("delayMs", $"a number from 0 to {MaxMs}")
            : PauseMs is < 0 or > MaxMs ? new FieldFault("pauseMs", $"a number from 0 to {MaxMs}")
            : Bytes is < 1 or > MaxHugeBytes ? new FieldFault("bytes", $"a number from 1 to {MaxHugeBytes}")
            : Status is < 200 or > 599 ? new FieldFault("status", "an HTTP status from 200 to 599")
            : RetryAfterSeconds < 0 ? new FieldFault("retryAfterSeconds", "a number from 0")
            : KindOf() switch
            {
                null => new FieldFault("kind", $"one of {string.Join(", ", Enum.GetNames<AnswerKind>().Select(CamelCase))}, or a code, an errcode or a body"),
                AnswerKind.Error when string.IsNullOrEmpty(Code) => new FieldFault("code", "an error code"),
                AnswerKind.Error when Status is null && ErrorCatalogue.Find(Code!) is null
                    => new FieldFault("code", "one of DingTalk's error codes, or a status beside it"),
                AnswerKind.OldError when ErrCode is null => new FieldFault("errcode", "a number"),
                AnswerKind.Raw when Body is null => new FieldFault("body", "a string"),
                _ => null,
            };

    /// <summary>The answer. The step must be without fault.</summary>
    public ScriptedAnswer ToAnswer()
    {
        ScriptedAnswer answer = KindOf() switch
        {
            AnswerKind.Error => ToError(ErrorCatalogue.Find(Code!)),
            AnswerKind.OldError => new ScriptedAnswer.OldError(ErrCode!.Value, ErrMsg ?? ""),
            AnswerKind.Raw => new ScriptedAnswer.Raw(Status ?? 200, ContentType ?? "application/json", Body!),
            AnswerKind.Html => ScriptedAnswer.Raw.Html(Status ?? DefaultHtmlStatus),
            AnswerKind.Truncated => new ScriptedAnswer.Truncated(),
            AnswerKind.SlowBody => new ScriptedAnswer.SlowBody(TimeSpan.FromMilliseconds(PauseMs)),
            AnswerKind.BrokenOff => new ScriptedAnswer.BrokenOff(),
            AnswerKind.Reset => new ScriptedAnswer.Reset(),
            AnswerKind.Huge => new ScriptedAnswer.Huge(Bytes),
            AnswerKind.Ban => new ScriptedAnswer.Ban(),
            _ => new ScriptedAnswer.Usual(),
        };
        return answer with { Delay = TimeSpan.FromMilliseconds(DelayMs) };
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private AnswerKind? KindOf()
        => Kind
            ?? (Code is not null ? AnswerKind.Error
                : ErrCode is not null ? AnswerKind.OldError
                : Body is not null ? AnswerKind.Raw
                : DelayMs > 0 ? AnswerKind.Usual
                : null);

    private ScriptedAnswer.ApiError ToError(ScriptedAnswer.ApiError? documented)
        => (documented ?? new ScriptedAnswer.ApiError(Status!.Value, Code!, Code!)) switch
        {
            var error => error with { Status = Status ?? error.Status, Message = Message ?? error.Message, RetryAfterSeconds = RetryAfterSeconds },
        };
}
