using System.Globalization;
using System.Text;
using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Recordings;

/// <summary>Answers one request for a file. The ledger has it before the caller has the first byte.</summary>
/// <param name="context">The request.</param>
/// <param name="conference">The conference.</param>
/// <param name="video">The video.</param>
/// <param name="code">What the ledger calls the answer.</param>
/// <param name="ledger">Keeps the request.</param>
/// <param name="clock">Times delays.</param>
/// <param name="stopping">Ends delays when the simulator stops.</param>
internal sealed class MediaTransfer(
    HttpContext context,
    SimulatedConference conference,
    SimulatedVideo video,
    string code,
    Ledger ledger,
    TimeProvider clock,
    CancellationToken stopping)
{
    private const int BlockLength = 64 * 1024;
    private const int SliversASecond = 10;
    private readonly MediaTraits _traits = conference.Traits.Media;
    private MediaRequest? _kept;

    private bool IsHead => HttpMethods.IsHead(context.Request.Method);

    /// <summary>Sends the file, or what a script wants instead.</summary>
    /// <param name="scripted">What the script wants; null for the usual.</param>
    /// <param name="location">Where to, of a redirect; else null.</param>
    public async Task SendAsync(ScriptedAnswer? scripted, string? location)
    {
        if (scripted is { Delay.Ticks: > 0 })
        {
            await PauseAsync(scripted.Delay);
        }

        switch (scripted)
        {
            case ScriptedAnswer.Raw raw:
                await SendPageAsync(raw);
                return;
            case ScriptedAnswer.Expired:
                conference.ExpireUrls();
                await SendPageAsync(ScriptedAnswer.Raw.Html(403));
                return;
            case ScriptedAnswer.Redirect:
                Begin(302);
                context.Response.Headers.Location = location;
                return;
            case ScriptedAnswer.Reset:
                Keep(0);
                context.Abort();
                return;
            case ScriptedAnswer.NewVersion:
                conference.ChangeFiles();
                break;
            default:
                break;
        }

        await SendFileAsync(scripted);
    }

    /// <summary>Sends what is no file.</summary>
    public async Task SendPageAsync(ScriptedAnswer.Raw page)
    {
        var body = Encoding.UTF8.GetBytes(page.Body);
        Begin(page.Status);
        context.Response.ContentType = page.ContentType;
        context.Response.ContentLength = body.Length;
        if (!IsHead)
        {
            await context.Response.BodyWriter.WriteAsync(body);
        }
    }

    private async Task SendFileAsync(ScriptedAnswer? scripted)
    {
        var file = conference.FileOf(video);
        var (headers, request) = (context.Response.Headers, context.Request.Headers);
        if (_traits.ETag)
        {
            headers.ETag = file.ETag;
        }

        if (request.IfMatch.Count > 0
            && request.IfMatch != "*"
            && !request.IfMatch.ToString().Contains(file.ETag, StringComparison.Ordinal))
        {
            Begin(412);
            return;
        }

        var ranges = _traits.Ranges && scripted is not ScriptedAnswer.NoRange;
        var wanted = ranges && (request.IfRange.Count == 0 || request.IfRange == file.ETag)
            ? ByteRange.Read(request.Range, file.Length)
            : null;
        if (ranges)
        {
            headers.AcceptRanges = "bytes";
        }

        if (wanted is { Length: 0 })
        {
            headers.ContentRange = $"bytes */{file.Length.ToString(CultureInfo.InvariantCulture)}";
            Begin(416);
            return;
        }

        var part = Shift(wanted ?? new ByteRange(0, file.Length), scripted, file.Length);
        Begin(wanted is null ? 200 : 206);
        context.Response.ContentType = "video/mp4";
        if (wanted is not null)
        {
            headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {part.First}-{part.First + part.Length - 1}/{file.Length}");
        }

        await SendBodyAsync(file, part, scripted);
    }

    private static ByteRange Shift(ByteRange part, ScriptedAnswer? scripted, long total)
        => scripted is ScriptedAnswer.WrongRange ? new ByteRange(part.First + 1, Math.Min(part.Length, total - part.First - 1)) : part;

    private async Task SendBodyAsync(MediaFile file, ByteRange part, ScriptedAnswer? scripted)
    {
        var half = part.Length / 2;
        var announced = scripted is ScriptedAnswer.Truncated ? half : part.Length;
        context.Response.ContentLength = _traits.ContentLength ? announced : null;
        if (IsHead)
        {
            return;
        }

        switch (scripted)
        {
            case ScriptedAnswer.Truncated:
                await WriteAsync(file, part.First, half);
                break;
            case ScriptedAnswer.BrokenOff:
                await WriteAsync(file, part.First, half);
                context.Abort();
                break;
            case ScriptedAnswer.SlowBody slow:
                await WriteAsync(file, part.First, half);
                await PauseAsync(slow.Pause);
                await WriteAsync(file, part.First + half, part.Length - half);
                break;
            default:
                await WriteAsync(file, part.First, part.Length);
                break;
        }
    }

    private async Task WriteAsync(MediaFile file, long offset, long length)
    {
        var writer = context.Response.BodyWriter;
        var block = _traits.BytesPerSecond == 0 ? BlockLength : Math.Clamp(_traits.BytesPerSecond / SliversASecond, 1, BlockLength);
        while (length > 0 && !context.RequestAborted.IsCancellationRequested)
        {
            var count = (int)Math.Min(block, length);
            file.Read(offset, writer.GetSpan(count)[..count]);
            writer.Advance(count);
            ledger.CountBytes(_kept!, count);
            (offset, length) = (offset + count, length - count);
            if ((await writer.FlushAsync(stopping)).IsCompleted)
            {
                return;
            }

            if (_traits.BytesPerSecond > 0 && length > 0)
            {
                await PauseAsync(TimeSpan.FromSeconds((double)count / _traits.BytesPerSecond));
            }
        }
    }

    private void Begin(int status)
    {
        context.Response.StatusCode = status;
        Keep(status);
    }

    private void Keep(int status)
    {
        _kept = new MediaRequest(clock.GetUtcNow(), conference.Id, video.MediaId, context.Request.Headers.Range, status, code);
        ledger.Add(_kept);
    }

    // A caller that has gone, and a simulator that stops, both end the wait.
    private async Task PauseAsync(TimeSpan pause)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(pause, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (either.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
