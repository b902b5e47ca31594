using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Archiving;

/// <summary>
/// A video of a conference, as its file and what is written down beside it are named: <c>{conferenceId}/{mediaId}.mp4</c> and
/// <c>.json</c>. In an id, letters, digits, <c>-</c> and <c>_</c> stand for themselves; any other character is written as its UTF-8
/// bytes, each as <c>!</c> and two hex digits. What is longer than 400 characters then is cut to 300, and <c>!!</c> and the id's SHA-256
/// in hex follow.
/// </summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="MediaId">The video.</param>
public sealed record RecordingName(string ConferenceId, string MediaId)
{
    /// <summary>The folder of what was said, in which no conference has its files.</summary>
    public const string TranscriptFolder = "transcripts";

    private const int MaxLength = 400;
    private const int CutLength = 300;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The name of the file.</summary>
    public string File => $"{FolderOf(ConferenceId)}/{Escape(MediaId)}.mp4";

    /// <summary>The name of what is written down of it.</summary>
    public string Sidecar => $"{FolderOf(ConferenceId)}/{Escape(MediaId)}.json";

    /// <summary>The folder of a conference's files.</summary>
    public static string FolderOf(string conferenceId)
        => conferenceId == TranscriptFolder ? $"{EscapeByte((byte)TranscriptFolder[0])}{TranscriptFolder[1..]}" : Escape(conferenceId);

    /// <summary>An id as it stands in a name.</summary>
    public static string Escape(string id)
    {
        if (!id.AsSpan().ContainsAnyExcept(Plain) && id.Length <= MaxLength)
        {
            return id;
        }

        var escaped = new StringBuilder(id.Length);
        foreach (var value in Encoding.UTF8.GetBytes(id))
        {
            _ = Plain.Contains((char)value) ? escaped.Append((char)value) : escaped.Append(EscapeByte(value));
        }

        return escaped.Length <= MaxLength
            ? escaped.ToString()
            : $"{escaped.ToString(0, CutLength)}!!{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }

    private static string EscapeByte(byte value) => string.Create(CultureInfo.InvariantCulture, $"!{value:X2}");
}
