using System.Runtime.CompilerServices;

namespace Deployment.Tests.Infrastructure;

/// <summary>A theory that needs the bicep program.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Bicep.LinuxOnly;
        SkipType = typeof(Bicep);
        SkipUnless = nameof(Bicep.IsHere);
    }
}
