namespace Benchmarks.Model;

/// <summary>List prices in US dollars, pay as you go, a US region, without free grants. They change: put in what your offer says.</summary>
internal sealed record Prices
{
    /// <summary>A month of a Service Bus Standard namespace. Default: 10.</summary>
    public double ServiceBusBase { get; init; } = 10;

    /// <summary>The operations a month that the base includes. Default: 13 million.</summary>
    public double ServiceBusIncluded { get; init; } = 13e6;

    /// <summary>A million further operations. Default: 0.80.</summary>
    public double ServiceBusPerMillion { get; init; } = 0.80;

    /// <summary>A million writes to Blob Storage, hot, LRS. Default: 5.50.</summary>
    public double WritesPerMillion { get; init; } = 5.50;

    /// <summary>A million reads from Blob Storage, hot, LRS. Default: 0.44.</summary>
    public double ReadsPerMillion { get; init; } = 0.44;

    /// <summary>A million executions, Flex Consumption, on demand. Default: 0.40.</summary>
    public double ExecutionsPerMillion { get; init; } = 0.40;

    /// <summary>A GB-second, Flex Consumption, on demand. Default: 0.000026.</summary>
    public double PerGbSecond { get; init; } = 0.000026;

    /// <summary>The memory of an instance, in GB. Default: 2.</summary>
    public double InstanceGb { get; init; } = 2;

    /// <summary>
    /// How long an instance is kept busy by one execution, in seconds; many run at once on one instance, which is billed once. Default:
    /// 0.02, which is 300 ms with 16 at once.
    /// </summary>
    public double BusySeconds { get; init; } = 0.02;

    /// <summary>The least that is billed when an instance is busy, in seconds, Flex Consumption, on demand. Default: 1.</summary>
    public double LeastSeconds { get; init; } = 1;

    /// <summary>The seconds of a month in which meetings end. Default: 22 days of 10 hours.</summary>
    public double WorkingSeconds { get; init; } = 22 * 10 * 3600;

    /// <summary>What a month of so many meetings costs.</summary>
    /// <param name="meetings">Meetings a month.</param>
    /// <param name="perMeeting">What one needs.</param>
    public double Monthly(double meetings, LookCost perMeeting)
    {
        var month = perMeeting * (meetings / 1e6);
        return ServiceBusBase
            + (Math.Max(0, (month.Operations * 1e6) - ServiceBusIncluded) / 1e6 * ServiceBusPerMillion)
            + (month.Writes * WritesPerMillion)
            + (month.Reads * ReadsPerMillion)
            + (month.Executions * ExecutionsPerMillion)
            + (BilledSeconds(month.Executions * 1e6) * InstanceGb * PerGbSecond);
    }

    // Executions that come at random keep one instance billed for as long as any has come within the least that is billed; when they
    // are so many that instances work without a pause, it is the work that counts.
    private double BilledSeconds(double executions)
        => Math.Max(executions * BusySeconds, WorkingSeconds * (1 - Math.Exp(-executions * LeastSeconds / WorkingSeconds)));
}
