// Compiled once for all.
[assembly: AssemblyFixture(typeof(Deployment.Tests.Infrastructure.Deployed))]
