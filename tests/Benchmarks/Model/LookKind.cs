namespace Benchmarks.Model;

/// <summary>The looks that are taken at conferences.</summary>
internal enum LookKind
{
    /// <summary>After the end of one that nobody recorded.</summary>
    NotRecorded,

    /// <summary>At a video that an event has announced.</summary>
    Announced,

    /// <summary>After the end of one whose manifest is there.</summary>
    Ended,

    /// <summary>At one whose manifest is there and needs nothing.</summary>
    Unneeded,
}
