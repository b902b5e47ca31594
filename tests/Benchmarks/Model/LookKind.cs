namespace Benchmarks.Model;

/// <summary>The looks that are taken at conferences.</summary>
internal enum LookKind
{
    /// <summary>At one that nobody recorded: the only one.</summary>
    NotRecorded,

    /// <summary>Too early; another follows.</summary>
    NotReadyYet,

    /// <summary>It finds videos; a second look follows.</summary>
    Recorded,

    /// <summary>The last.</summary>
    SecondLook,
}
