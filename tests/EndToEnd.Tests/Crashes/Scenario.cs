using DingTalkSimulator;
using Support;

namespace EndToEnd.Tests.Crashes;

/// <summary>What happens while processes are killed, and how it comes to a good end.</summary>
internal abstract class Scenario
{
    /// <summary>Who DingTalk knows.</summary>
    public virtual SimulatorOptions DingTalk => new();

    /// <summary>Whether the manifests' container is there from the start.</summary>
    public virtual bool HasContainer => true;

    /// <summary>Whether hosts ask for failed pushes, every second.</summary>
    public virtual bool Sweeps => false;

    /// <summary>Whether hosts look at a recorded conference twice.</summary>
    public virtual bool LooksTwice => false;

    /// <summary>Done before anything is killed.</summary>
    public virtual Task PrepareAsync(CrashSite site) => Task.CompletedTask;

    /// <summary>Starts what is killed.</summary>
    public virtual ChildProcess Start(CrashSite site) => site.StartHost();

    /// <summary>Waits until what is killed serves, if it does.</summary>
    /// <returns>Where; null for nowhere.</returns>
    public virtual async Task<Uri?> AddressOfAsync(ChildProcess process) => await CrashSite.AddressOfAsync(process);

    /// <summary>
    /// Done beside each process that is to be killed: gives it enough to do that it passes every step twice. It ends once that is done,
    /// which may be with a later host, or sees that the host has gone.
    /// </summary>
    public abstract Task WorkAsync(CrashSite site);

    /// <summary>Done beside a host that lives.</summary>
    public virtual Task FinishAsync(CrashSite site) => Task.CompletedTask;
}
