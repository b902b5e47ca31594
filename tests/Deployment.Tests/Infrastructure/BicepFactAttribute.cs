using System.Runtime.CompilerServices;

namespace Deployment.Tests.Infrastructure;

/// <summary>A fact that needs the bicep program.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Bicep.LinuxOnly;
        SkipType = typeof(Bicep);
        SkipUnless = nameof(Bicep.IsHere);
    }
}
