namespace Support.Chaos;

/// <summary>The one end that a meeting must come to.</summary>
public enum Ending
{
    /// <summary>A manifest with its videos.</summary>
    Recorded,

    /// <summary>A manifest that says that there is no recording.</summary>
    NotRecorded,

    /// <summary>A message in the poison queue.</summary>
    Poisoned,

    /// <summary>A dead-lettered message.</summary>
    DeadLettered,
}
