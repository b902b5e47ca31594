namespace DingTalkSimulator.Recordings;

/// <summary>How files are served. DingTalk documents nothing of it.</summary>
public sealed record MediaTraits
{
    /// <summary>What getPlayInfos calls the size of a file. Default: varied.</summary>
    public SizeField SizeField { get; init; } = SizeField.Varied;

    /// <summary>Whether there is an MP4 beside the playlist. Default: yes.</summary>
    public bool HasMp4 { get; init; } = true;

    /// <summary>How long a URL holds. Default: an hour.</summary>
    public TimeSpan UrlLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether parts of a file can be asked for. Default: yes; else Range is ignored.</summary>
    public bool Ranges { get; init; } = true;

    /// <summary>Whether answers have an ETag. Default: yes.</summary>
    public bool ETag { get; init; } = true;

    /// <summary>Whether answers say how long they are. Default: yes; else they come in chunks.</summary>
    public bool ContentLength { get; init; } = true;

    /// <summary>How many bytes of an answer are sent in a second; 0 for as many as can be, which is the default.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>Whether the file that is served is a smaller rendition of the one that getVideos lists. Default: no.</summary>
    public bool SmallerRendition { get; init; }
}
