namespace Deployment.Tests;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("deployment-tests-").FullName + "/";

    public string PathOf(string relative) => Path + relative;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
