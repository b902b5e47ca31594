using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Functions.Tests.Http;

/// <summary>A conference queue that notes what is sent, and requests as Kestrel hands them over.</summary>
public abstract class HttpTest
{
    protected const string SuiteKey = "suite-1";

    protected static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    protected HttpTest()
    {
        var sender = new SenderDouble(Take, (count, _) => count < BatchCapacity);
        Queue = new ConferenceQueue(new BatchingSender(sender.Sender, Clock), Clock);
        Tickets = new SuiteTicketKeeper(TicketStore, SuiteKey, Clock, NullLogger<SuiteTicketKeeper>.Instance);
    }

    protected FakeTimeProvider Clock { get; } = new(Now);

    protected ConferenceQueue Queue { get; }

    protected SuiteTicketKeeper Tickets { get; }

    protected SuiteTicketsInMemory TicketStore { get; } = new();

    protected List<ServiceBusMessage> Sent { get; } = [];

    protected Exception? SendFailure { get; set; }

    /// <summary>Which message fails the send that it is part of.</summary>
    protected Func<ServiceBusMessage, bool> Spoils { get; set; } = static _ => false;

    protected int BatchCapacity { get; set; } = 400;

    protected static HttpRequest Request(byte[] body, string query = "", string contentType = "application/json")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.ContentType = contentType;
        context.Request.QueryString = new QueryString(query);
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        return context.Request;
    }

    protected static HttpRequest Request(string body) => Request(Encoding.UTF8.GetBytes(body));

    /// <summary>Writes an answer, and checks that it is one that the OpenAPI document describes for the operation.</summary>
    protected static async Task<(int Status, JsonDocument Body)> ExecuteAsync(IResult result, string? operationId = null)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        var json = JsonDocument.Parse(body.ToArray());
        if (operationId is not null)
        {
            var mediaType = context.Response.ContentType?.Split(';')[0];
            OpenApiDocument.AssertDescribes(operationId, context.Response.StatusCode, mediaType, json.RootElement);
        }

        return (context.Response.StatusCode, json);
    }

    private Task Take(IReadOnlyList<ServiceBusMessage> messages)
    {
        if (SendFailure is not null)
        {
            return Task.FromException(SendFailure);
        }

        if (messages.Any(Spoils))
        {
            return Task.FromException(new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy));
        }

        lock (Sent)
        {
            Sent.AddRange(messages);
        }

        return Task.CompletedTask;
    }
}
