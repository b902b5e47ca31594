using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DingTalkSimulator.Api;

namespace DingTalkSimulator.Pushing;

/// <summary>Writes the plaintext of events as HTTP push carries them.</summary>
/// <remarks>Source: DingTalk open platform, the event pages' section "HTTP push".</remarks>
internal sealed class EventWriter(string corpId)
{
    /// <summary>Writes an event about a conference.</summary>
    /// <param name="kind">One that is about a conference.</param>
    /// <param name="conference">The conference.</param>
    /// <param name="now">By when what it tells of has happened.</param>
    /// <returns>The event; the same one for the same state of the conference.</returns>
    public ConferenceEvent Write(PushedEvent kind, SimulatedConference conference, DateTimeOffset now)
    {
        var made = EventNames.Of(kind).MinutesEventType is not null ? conference.MadeVideos.Where(video => video.At <= now).ToList() : [];
        var happenedAt = kind switch
        {
            PushedEvent.MeetingStarted => conference.StartedAt,
            PushedEvent.SummaryGenerated or PushedEvent.MinutesSummaryGenerated
                => conference.EndedAt + conference.Traits.Times.SummaryAfter,
            _ => made.Max(static video => video.At) ?? conference.EndedAt,
        };
        var id = EventIdOf(kind, conference, IsAboutVideo(kind) ? made.Count : 0);
        var content = JsonScratch.Write((kind, conference), EventContent.Write).ToArray();
        var envelope = JsonScratch.Write((EventNames.Of(kind).Type, happenedAt, corpId, id), WriteEnvelope);
        return new ConferenceEvent(kind, id, conference, happenedAt, content, JsonSplice.Join(envelope, content));
    }

    /// <summary>Writes the check of a callback URL.</summary>
    /// <param name="kind">Which check.</param>
    /// <param name="now">The time.</param>
    /// <param name="suiteKey">The key of the third-party app; null where there is none.</param>
    public static ConferenceEvent WriteCheck(PushedEvent kind, DateTimeOffset now, string? suiteKey)
        => new(kind, null, null, now, default, JsonScratch.Write((kind, suiteKey), WriteCheck).ToArray());

    /// <summary>Writes a ticket as the older HTTP push carries it.</summary>
    public static ConferenceEvent WriteTicket(string suiteKey, string ticket, DateTimeOffset now)
        => new(PushedEvent.SuiteTicket, null, null, now, default, JsonScratch.Write((suiteKey, ticket, now), WriteTicket).ToArray());

    private static bool IsAboutVideo(PushedEvent kind)
        => kind is PushedEvent.VideoGenerated or PushedEvent.VideoGeneratedDirected or PushedEvent.MinutesVideoGenerated;

    // A meeting ends once, so to push its end again is to push the same event again. Another video is another event.
    private static string EventIdOf(PushedEvent kind, SimulatedConference conference, int videos)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{conference.Id}:{videos}"))[..16]);

    private static void WriteEnvelope(Utf8JsonWriter json, (string Type, DateTimeOffset HappenedAt, string CorpId, string Id) what)
    {
        json.WriteStartObject();
        json.WriteString("EventType"u8, what.Type);
        json.WriteNumber("EventTime"u8, what.HappenedAt.ToUnixTimeMilliseconds());
        json.WriteString("CorpId"u8, what.CorpId);
        json.WriteString("BizId"u8, what.Id);
        json.WriteString("eventId"u8, what.Id);
        json.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter json, (PushedEvent Kind, string? SuiteKey) what)
    {
        json.WriteStartObject();
        json.WriteString("EventType"u8, EventNames.Of(what.Kind).Type);
        if (what.Kind != PushedEvent.CheckUrl)
        {
            json.WriteString("Random"u8, "brdkKLMW"u8);
        }

        if (what.Kind == PushedEvent.CheckUpdateSuiteUrl)
        {
            json.WriteString("TestSuiteKey"u8, what.SuiteKey);
        }

        json.WriteEndObject();
    }

    private static void WriteTicket(Utf8JsonWriter json, (string SuiteKey, string Ticket, DateTimeOffset Now) what)
    {
        json.WriteStartObject();
        json.WriteString("SuiteKey"u8, what.SuiteKey);
        json.WriteString("EventType"u8, EventNames.Of(PushedEvent.SuiteTicket).Type);
        json.WriteNumber("TimeStamp"u8, what.Now.ToUnixTimeMilliseconds());
        json.WriteString("SuiteTicket"u8, what.Ticket);
        json.WriteEndObject();
    }
}
