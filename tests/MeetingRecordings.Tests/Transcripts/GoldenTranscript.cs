using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

/// <summary>A transcript, and the bytes that it must be written as.</summary>
internal static class GoldenTranscript
{
    public static Transcript Transcript { get; } = new(
        "6321*******9b6ed40",
        [
            new Paragraph { Text = "发言人 with no time" },
            new Paragraph
            {
                Speaker = "李雷 <Lei>",
                UnionId = "u+/=",
                RecordId = "290882268117",
                StartMs = 19_940,
                EndMs = 19_940,
                Text = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Nobody>not a \"cue\" \\",
            },
            new Paragraph
            {
                Speaker = "小钉",
                UnionId = "iPGoZxxx",
                RecordId = "290882268117",
                StartMs = 7_940,
                EndMs = 12_940,
                Text = "嘿！你好，这里是小钉 👩🏽‍💻",
                Sentences = [new Sentence(7_940, 8_200, "嘿！"), new Sentence(8_200, null, "你好，这里是小钉 👩🏽‍💻")],
            },
        ]);

    public static byte[] Json => Read("transcript.json");

    public static byte[] Vtt => Read("transcript.vtt");

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Transcripts", name));
}
