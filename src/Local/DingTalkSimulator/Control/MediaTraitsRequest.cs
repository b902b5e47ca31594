using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Control;

/// <summary>How files are served. What is left out stays as it is.</summary>
internal sealed record MediaTraitsRequest
{
    public SizeField? SizeField { get; set; }

    public bool? HasMp4 { get; set; }

    public long? UrlLifetimeMs { get; set; }

    public bool? Ranges { get; set; }

    public bool? Etag { get; set; }

    public bool? ContentLength { get; set; }

    public int? BytesPerSecond { get; set; }

    public bool? SmallerRendition { get; set; }

    public static MediaTraitsRequest Of(MediaTraits traits) => new()
    {
        SizeField = traits.SizeField,
        HasMp4 = traits.HasMp4,
        UrlLifetimeMs = Milliseconds.Of(traits.UrlLifetime),
        Ranges = traits.Ranges,
        Etag = traits.ETag,
        ContentLength = traits.ContentLength,
        BytesPerSecond = traits.BytesPerSecond,
        SmallerRendition = traits.SmallerRendition,
    };

    public FieldFault? FindFault()
        => !Milliseconds.IsValid(UrlLifetimeMs) ? Milliseconds.Fault("urlLifetimeMs")
            : BytesPerSecond < 0 ? new FieldFault("bytesPerSecond", "a number from 0")
            : null;

    public MediaTraits ApplyTo(MediaTraits traits) => new()
    {
        SizeField = SizeField ?? traits.SizeField,
        HasMp4 = HasMp4 ?? traits.HasMp4,
        UrlLifetime = UrlLifetimeMs is { } lifetime ? Milliseconds.ToTime(lifetime) : traits.UrlLifetime,
        Ranges = Ranges ?? traits.Ranges,
        ETag = Etag ?? traits.ETag,
        ContentLength = ContentLength ?? traits.ContentLength,
        BytesPerSecond = BytesPerSecond ?? traits.BytesPerSecond,
        SmallerRendition = SmallerRendition ?? traits.SmallerRendition,
    };
}
