using System.Text;
using CsCheck;

namespace MeetingRecordings.Functions.Tests.Http;

/// <summary>Bodies that an endpoint may be sent: bytes of any kind, JSON of any shape over names that mean something here, and near misses.</summary>
internal static class FuzzedInput
{
    private static readonly string[] Names =
    [
        "EventType", "eventId", "BizId", "CorpId", "EventTime", "changeScene", "openConfModel", "conferenceId", "creatorId", "endTime", "bizType",
        "minutesEventType", "bizData", "biz_data", "biz_type", "corp_id", "gmt_create", "syncAction", "suiteTicket", "SuiteKey", "TimeStamp",
        "encrypt", "unionId", "corpId", "endedAt", "specversion", "id", "source", "type", "time", "datacontenttype", "data", "data_base64", "\\u0000", "",
    ];

    private static readonly string[] Words =
    [
        "meeting_status_change", "conference_closed", "flash_minutes_open_event", "cloud_record", "video_generated", "SYNC_HTTP_PUSH_MEDIUM",
        "SYNC_HTTP_PUSH_HIGH", "suite_ticket", "check_url", "conf-1", "../etc", "1.0", "application/json", "2026-11-23T08:00:00Z", "e30=", "a\\r\\nb",
        "\\ud800", "{}", "[]", "{\\\"syncAction\\\":\\\"suite_ticket\\\",\\\"suiteTicket\\\":\\\"t\\\"}",
    ];

    private static readonly string[] Literals = ["null", "true", "false", "0", "-1", "225", "2", "1795420800000", "1e400", "1.5", "9223372036854775808"];

    /// <summary>JSON, sometimes too deep.</summary>
    public static Gen<string> Json { get; } = Gen.Recursive<string>((depth, inner) =>
    {
        var scalar = Gen.OneOf(Gen.OneOf(Words).Select(static word => $"\"{word}\""), Gen.OneOf(Literals), Gen.String.AlphaNumeric.Select(static s => $"\"{s}\""));
        return depth > 4
            ? scalar
            : Gen.OneOf(
                scalar,
                inner.Array[0, 4].Select(static items => $"[{string.Join(',', items)}]"),
                Gen.Select(Gen.OneOf(Names), inner).Array[0, 6].Select(static fields => $"{{{string.Join(',', fields.Select(static f => $"\"{f.Item1}\":{f.Item2}"))}}}"));
    });

    /// <summary>Anything: random bytes, JSON, deep JSON, and the seeds with a few bytes changed, left out or repeated.</summary>
    public static Gen<byte[]> Near(params string[] seeds) => Gen.Frequency(
        (1, Gen.Byte.Array[0, 200]),
        (4, Json.Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Int[1, 3000].Select(static depth => Encoding.UTF8.GetBytes($"{new string('[', depth)}{new string(']', depth)}"))),
        (2, Gen.OneOf(seeds).Select(Encoding.UTF8.GetBytes)),
        (6, Gen.Select(Gen.OneOf(seeds), Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 2], Gen.Byte).Array[1, 4]).Select(static (seed, changes) =>
        {
            var bytes = Encoding.UTF8.GetBytes(seed).ToList();
            foreach (var (at, kind, value) in changes.Where(_ => bytes.Count > 0))
            {
                switch (kind)
                {
                    case 0: bytes[at % bytes.Count] = value; break;
                    case 1: bytes.RemoveAt(at % bytes.Count); break;
                    default: bytes.Insert(at % bytes.Count, value); break;
                }
            }

            return bytes.ToArray();
        })));
}
