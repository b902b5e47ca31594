namespace DingTalkSimulator.Recordings;

/// <summary>What getPlayInfos calls the size of a file: DingTalk's table and its SDK say one thing, its sample another.</summary>
public enum SizeField
{
    /// <summary>One meeting after the other in each of the next two forms.</summary>
    Varied,

    /// <summary><c>size</c>, as in the sample.</summary>
    Size,

    /// <summary><c>fileSize</c>, as in the table.</summary>
    FileSize,

    /// <summary>Both.</summary>
    Both,
}
