namespace LocalHost;

/// <summary>Where LocalHost keeps what outlives it. All of it can be deleted at any time.</summary>
public static class LocalFolders
{
    private static readonly string Root = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) is { Length: > 0 } data ? data : Path.GetTempPath(),
        "meeting-recordings");

    /// <summary>The npm packages that were installed on first use.</summary>
    public static string Packages { get; } = Path.Combine(Root, "packages");

    /// <summary>The blobs, unless another folder is named.</summary>
    public static string State { get; } = Path.Combine(Root, "state");
}
