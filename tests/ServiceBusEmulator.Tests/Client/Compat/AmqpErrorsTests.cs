using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Amqp;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class AmqpErrorsTests
{
    [Theory]
    [InlineData("com.microsoft:timeout", ServiceBusFailureReason.ServiceTimeout, true)]
    [InlineData("com.microsoft:server-busy", ServiceBusFailureReason.ServiceBusy, true)]
    [InlineData("com.microsoft:message-lock-lost", ServiceBusFailureReason.MessageLockLost, false)]
    [InlineData("com.microsoft:session-lock-lost", ServiceBusFailureReason.SessionLockLost, false)]
    [InlineData("com.microsoft:session-cannot-be-locked", ServiceBusFailureReason.SessionCannotBeLocked, false)]
    [InlineData("com.microsoft:message-not-found", ServiceBusFailureReason.MessageNotFound, false)]
    [InlineData("com.microsoft:entity-disabled", ServiceBusFailureReason.MessagingEntityDisabled, false)]
    [InlineData("amqp:not-found", ServiceBusFailureReason.MessagingEntityNotFound, false)]
    [InlineData("amqp:resource-limit-exceeded", ServiceBusFailureReason.QuotaExceeded, false)]
    [InlineData("amqp:link:message-size-exceeded", ServiceBusFailureReason.MessageSizeExceeded, false)]
    [InlineData("amqp:internal-error", ServiceBusFailureReason.GeneralError, true)]
    public void A_condition_has_its_reason(string condition, ServiceBusFailureReason reason, bool isTransient)
    {
        var exception = Assert.IsType<ServiceBusException>(
            AmqpErrors.Translate(new AmqpException(new Error(condition) { Description = "described" })));

        Assert.Equal(reason, exception.Reason);
        Assert.Equal(isTransient, exception.IsTransient);
        Assert.StartsWith("described", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("com.microsoft:argument-error", typeof(ArgumentException))]
    [InlineData("com.microsoft:argument-out-of-range", typeof(ArgumentOutOfRangeException))]
    [InlineData("com.microsoft:auth-failed", typeof(UnauthorizedAccessException))]
    [InlineData("amqp:unauthorized-access", typeof(UnauthorizedAccessException))]
    [InlineData("amqp:not-implemented", typeof(NotSupportedException))]
    [InlineData("amqp:not-allowed", typeof(InvalidOperationException))]
    public void Some_conditions_are_exceptions_of_dotnet(string condition, Type type)
        => Assert.IsType(type, AmqpErrors.ToException(condition, "described"));

    [Fact]
    public void What_breaks_the_connection_is_a_communication_problem()
    {
        Assert.All(
            [new SocketException((int)SocketError.ConnectionReset), new IOException("gone")],
            (Exception cause) => Assert.Equal(
                ServiceBusFailureReason.ServiceCommunicationProblem,
                Assert.IsType<ServiceBusException>(AmqpErrors.Translate(cause)).Reason));
    }
}
