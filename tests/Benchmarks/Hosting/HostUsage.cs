namespace Benchmarks.Hosting;

/// <summary>What a host has used since its start.</summary>
/// <param name="Cpu">Time of all its threads.</param>
/// <param name="AllocatedBytes">Managed bytes allocated, whether or not they were freed.</param>
internal sealed record HostUsage(TimeSpan Cpu, long AllocatedBytes)
{
    /// <summary>What it has used since an earlier moment.</summary>
    public HostUsage Since(HostUsage earlier) => new(Cpu - earlier.Cpu, AllocatedBytes - earlier.AllocatedBytes);
}
