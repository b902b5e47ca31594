using System.Text.Json;

namespace DingTalkSimulator;

/// <summary>Counts what happened, of a conference or of all.</summary>
internal sealed class Tally
{
    private static readonly string[] Names = [.. Enum.GetNames<ApiOperation>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly Dictionary<string, int> _byCode = new(StringComparer.Ordinal);
    private readonly int[] _byOperation = new int[Names.Length];
    private int _pushes;
    private int _retries;
    private int _delivered;
    private int _failed;
    private int _lost;
    private int _mediaRequests;
    private long _mediaBytes;

    public int this[ApiOperation operation] => _byOperation[(int)operation];

    public void Count(ApiCall call)
    {
        _byOperation[(int)call.Operation]++;
        _byCode[call.Code] = _byCode.GetValueOrDefault(call.Code) + 1;
    }

    public void Count(PushAttempt push)
    {
        _pushes += push.Attempt == 1 ? 1 : 0;
        _retries += push.Attempt == 1 ? 0 : 1;
        _delivered += push.Delivered ? 1 : 0;
        _failed += push.GivenUp ? 1 : 0;
    }

    public void CountMedia() => _mediaRequests++;

    public void CountMedia(int bytes) => _mediaBytes += bytes;

    public void CountLost() => _lost++;

    public LedgerTotals ToTotals() => new(
        _byOperation.Sum(),
        this[ApiOperation.GetVideos],
        new Dictionary<string, int>(_byCode),
        _pushes,
        _delivered,
        _retries,
        _failed)
    {
        CallsByOperation = _byOperation.Index()
            .Where(static row => row.Item > 0)
            .ToDictionary(static row => Names[row.Index], static row => row.Item),
        EventsLost = _lost,
        MediaRequests = _mediaRequests,
        MediaBytes = _mediaBytes,
    };
}
