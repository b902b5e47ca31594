namespace MeetingRecordings.Functions.Settings;

/// <summary>The access tier of an archived file, as the setting <c>Archive__Tier</c> names it.</summary>
internal enum ArchiveTier
{
    /// <summary>That of the account.</summary>
    Default,

    /// <summary>Hot.</summary>
    Hot,

    /// <summary>Cool.</summary>
    Cool,

    /// <summary>Cold.</summary>
    Cold,

    /// <summary>Archive: offline, not to be read without hours of rehydration.</summary>
    Archive,
}
