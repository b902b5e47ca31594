using Microsoft.Extensions.Logging;

namespace ServiceBusEmulator;

/// <summary>What an emulator is started with.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The AMQP port on the loopback addresses; 0 means any free one. Default 5672.</summary>
    public int Port { get; init; } = 5672;

    /// <summary>The port of <c>GET /health</c> and <c>POST /faults/drop-connections</c>; 0 means any free one. Default null: none.</summary>
    public int? HttpPort { get; init; }

    /// <summary>The queues; names must differ. Default none.</summary>
    public IReadOnlyList<QueueOptions> Queues { get; init; } = [];

    /// <summary>The clock that locks, schedules, times to live and duplicate detection go by. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the emulator logs to. Default null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
