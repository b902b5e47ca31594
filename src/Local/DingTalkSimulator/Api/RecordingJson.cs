using System.Globalization;
using System.Text.Json;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Api;

/// <summary>The bodies of DingTalk's answers about recordings.</summary>
internal static class RecordingJson
{
    /// <summary>getVideos.</summary>
    public static void Videos(Utf8JsonWriter json, SimulatedConference? conference)
    {
        json.WriteStartObject();
        json.WriteStartArray("videoList"u8);
        foreach (var video in conference!.ListedVideos)
        {
            json.WriteStartObject();
            json.WriteString("recordId"u8, video.RecordId);
            json.WriteString("unionId"u8, video.UnionId);
            json.WriteNumber("startTime"u8, video.StartTime);
            json.WriteNumber("recordType"u8, video.RecordType);
            json.WriteNumber("duration"u8, video.Duration);
            json.WriteNumber("fileSize"u8, video.FileSize);
            json.WriteNumber("endTime"u8, video.EndTime);
            json.WriteString("mediaId"u8, video.MediaId);
            json.WriteString("regionId"u8, video.RegionId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>getPlayInfos.</summary>
    public static void PlayInfos(Utf8JsonWriter json, PlayInfo? info)
    {
        json.WriteStartObject();
        json.WriteString("playUrl"u8, info!.PlayUrl);
        if (info.Mp4Url is not null)
        {
            json.WriteString("mp4FileUrl"u8, info.Mp4Url);
        }

        if (info.SizeField is SizeField.Size or SizeField.Both)
        {
            json.WriteNumber("size"u8, info.Size);
        }

        if (info.SizeField is SizeField.FileSize or SizeField.Both)
        {
            json.WriteNumber("fileSize"u8, info.Size);
        }

        json.WriteNumber("duration"u8, info.Duration);
        json.WriteNumber("status"u8, 1);
        json.WriteEndObject();
    }

    /// <summary>getTexts.</summary>
    public static void Texts(Utf8JsonWriter json, TextPage? page)
    {
        json.WriteStartObject();
        if (page!.Traits.Wrapped)
        {
            json.WriteStartObject("result"u8);
        }

        json.WriteBoolean("hasMore"u8, page.HasMore);
        if (page.Paragraphs.Count > 0 && page.Traits.TokenPlace != TokenPlace.Paragraph)
        {
            WriteToken(json, page.Traits.TokenPlace == TokenPlace.Top ? "nextToken" : "nextTtoken", page.Paragraphs[^1].Token, page.Traits);
        }

        json.WriteStartArray("paragraphList"u8);
        foreach (var paragraph in page.Paragraphs)
        {
            WriteParagraph(json, paragraph, page);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (page.Traits.Wrapped)
        {
            json.WriteEndObject();
        }
    }

    private static void WriteParagraph(Utf8JsonWriter json, SimulatedText paragraph, TextPage page)
    {
        json.WriteStartObject();
        if (page.Traits.TokenPlace == TokenPlace.Paragraph)
        {
            WriteToken(json, "nextTtoken", paragraph.Token, page.Traits);
        }

        json.WriteNumber("status"u8, 1);
        json.WriteString("unionId"u8, paragraph.UnionId);
        json.WriteString("nickName"u8, paragraph.NickName);
        json.WriteNumber("recordId"u8, page.RecordId);
        json.WriteNumber("startTime"u8, paragraph.StartTime);
        json.WriteNumber("endTime"u8, paragraph.EndTime);
        json.WriteString("paragraph"u8, paragraph.Text);
        json.WriteStartArray("sentenceList"u8);
        json.WriteStartObject();
        json.WriteString("unionId"u8, paragraph.UnionId);
        json.WriteString("sentence"u8, paragraph.Text);
        json.WriteNumber("startTime"u8, paragraph.StartTime);
        json.WriteNumber("endTime"u8, paragraph.EndTime);
        WriteWords(json, paragraph);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, SimulatedText paragraph)
    {
        json.WriteStartArray("wordList"u8);
        foreach (var (index, word) in paragraph.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            json.WriteStartObject();
            json.WriteString("word"u8, word);
            json.WriteNumber("startTime"u8, paragraph.StartTime);
            json.WriteNumber("endTime"u8, paragraph.EndTime);
            json.WriteString("wordId"u8, $"{paragraph.Token}#{index}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteToken(Utf8JsonWriter json, string name, long token, TextTraits traits)
    {
        if (traits.TokenAsText)
        {
            json.WriteString(name, token.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNumber(name, token);
        }
    }
}
