using System.Runtime.InteropServices;

namespace LocalHost.Commands;

/// <summary>Turns the first Ctrl+C, or a polite kill, into an orderly stop. The second one ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    /// <summary>The exit code of a command that was stopped before its end.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;

    private StopSignal(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    public CancellationToken Token => _stop.Token;

    public static StopSignal Listen(CancellationToken cancellationToken) => new(cancellationToken);

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _stop.Cancel();
    }
}
