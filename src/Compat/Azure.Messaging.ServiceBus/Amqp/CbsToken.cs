namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A token to put to <c>$cbs</c>.</summary>
/// <param name="Value">The token: never log it.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="ExpiresOn">Its end.</param>
internal sealed record CbsToken(string Value, string Type, DateTimeOffset ExpiresOn)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type} until {ExpiresOn:O}";
}
