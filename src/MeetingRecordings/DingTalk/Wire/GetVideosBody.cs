using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>
/// The body of getVideos. DingTalk may leave an empty list out, and everything else with it; an object that has members but no list is
/// another answer.
/// </summary>
internal sealed class GetVideosBody : IAskedBody
{
    private bool _hasList;

    // Source-generated readers set a property only where the JSON has it.
    public IReadOnlyList<RecordedVideo?>? VideoList
    {
        get;
        set
        {
            field = value;
            _hasList = true;
        }
    }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    [JsonIgnore]
    public bool IsWhatWasAskedFor
        => (_hasList || Others is null or { Count: 0 }) && (VideoList is null or { Count: 0 } || VideoList.Any(static video => video is not null));
}
