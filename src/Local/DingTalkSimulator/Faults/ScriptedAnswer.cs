namespace DingTalkSimulator.Faults;

/// <summary>One answer of DingTalk's, or of what stands before it.</summary>
public abstract record ScriptedAnswer
{
    private ScriptedAnswer()
    {
    }

    /// <summary>How long to wait before the first byte. Default: not at all.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What the ledger calls it.</summary>
    public abstract string Label { get; }

    /// <summary>An error of the kind that the v1.0 API gives.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Code">The code.</param>
    /// <param name="Message">The message.</param>
    public sealed record ApiError(int Status, string Code, string Message) : ScriptedAnswer
    {
        /// <summary>The header Retry-After, in whole seconds. Default: none, for DingTalk documents none.</summary>
        public int? RetryAfterSeconds { get; init; }

        /// <summary>The permissions that the app lacks, in the field <c>accessdenieddetail</c>. Default: none.</summary>
        public IReadOnlyList<string> RequiredScopes { get; init; } = [];

        /// <inheritdoc />
        public override string Label => Code;

        /// <summary>An error of DingTalk's tables, with the status and the message that it documents.</summary>
        /// <param name="code">The code; junk behind a known code is kept.</param>
        /// <exception cref="ArgumentException">No table has such a code.</exception>
        public static ApiError Of(string code)
            => ErrorCatalogue.Find(code) ?? throw new ArgumentException($"DingTalk documents no code '{code}'. Give its status and message.", nameof(code));
    }

    /// <summary>An error of the older API inside an HTTP 200.</summary>
    /// <param name="ErrCode">The <c>errcode</c>.</param>
    /// <param name="ErrMsg">The <c>errmsg</c>.</param>
    public sealed record OldError(int ErrCode, string ErrMsg) : ScriptedAnswer
    {
        /// <summary>The <c>sub_code</c>. Default: none.</summary>
        public string? SubCode { get; init; }

        /// <summary>The <c>sub_msg</c>. Default: none.</summary>
        public string? SubMessage { get; init; }

        /// <inheritdoc />
        public override string Label => $"errcode:{ErrCode}";
    }

    /// <summary>Any status, type and body.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="ContentType">The media type.</param>
    /// <param name="Body">The body.</param>
    public sealed record Raw(int Status, string ContentType, string Body) : ScriptedAnswer
    {
        /// <summary>The page that the gateway gives instead of JSON.</summary>
        /// <param name="status">The HTTP status.</param>
        public static Raw Html(int status) => new(
            status,
            "text/html",
            $"<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n<hr><center>tengine</center>\r\n</body>\r\n</html>\r\n");

        /// <inheritdoc />
        public override string Label => $"raw:{Status}";
    }

    /// <summary>The usual answer; useful with a delay.</summary>
    public sealed record Usual : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "ok";
    }

    /// <summary>The usual answer, cut off in the middle of its JSON.</summary>
    public sealed record Truncated : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "truncated";
    }

    /// <summary>The usual answer with a pause in the middle of its body.</summary>
    /// <param name="Pause">The pause.</param>
    public sealed record SlowBody(TimeSpan Pause) : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "slowBody";
    }

    /// <summary>The first half of the usual answer; then the connection is closed.</summary>
    public sealed record BrokenOff : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "brokenOff";
    }

    /// <summary>No answer: the connection is closed. HTTP clients may try again by themselves, and so consume the next answer.</summary>
    public sealed record Reset : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "reset";
    }

    /// <summary>HTTP 200 with valid JSON of a given size, too large for anybody to want.</summary>
    /// <param name="Bytes">The size.</param>
    public sealed record Huge(int Bytes) : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "huge";
    }

    /// <summary>Of a file: the whole of it, whatever part was asked for.</summary>
    public sealed record NoRange : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "noRange";
    }

    /// <summary>Of a file: another part than was asked for, one byte further on.</summary>
    public sealed record WrongRange : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "wrongRange";
    }

    /// <summary>Of a file: what was asked for, of a file that has changed just now, and with it its ETag.</summary>
    public sealed record NewVersion : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "newVersion";
    }

    /// <summary>Of a file: 403, and every URL that was given out so far is invalid from now on.</summary>
    public sealed record Expired : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "expired";
    }

    /// <summary>Of a file: another URL.</summary>
    /// <param name="Location">The URL; null for the same file under another path, which holds.</param>
    public sealed record Redirect(Uri? Location) : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "redirect";
    }

    /// <summary>The gateway's ban of the caller's IP address: status 1111 in the body.</summary>
    public sealed record Ban : ScriptedAnswer
    {
        /// <inheritdoc />
        public override string Label => "ban";
    }
}
