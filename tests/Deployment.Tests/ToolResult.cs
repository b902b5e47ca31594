namespace Deployment.Tests;

/// <summary>What a program did.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public string All => $"{Output}\n{Error}";
}
