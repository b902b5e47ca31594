namespace ServiceBusEmulator;

/// <summary>The two moments of an exchange at which a failure leaves different things behind.</summary>
public enum ExchangeSide
{
    /// <summary>It has arrived and is not applied yet.</summary>
    Before,

    /// <summary>It is applied; its answer is not on its way yet.</summary>
    After,
}
