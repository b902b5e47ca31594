namespace Deployment.Tests.Infrastructure;

/// <summary>A test of the compiled template.</summary>
public abstract class DeployedTest(Deployed deployed)
{
    private protected Deployed Deployed => deployed;
}
