using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using MeetingRecordings.Functions.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions.Tests;

/// <summary>The document itself. That it describes the answers is checked by every test that gets one.</summary>
public sealed class OpenApiTests : HttpTest
{
    [Fact]
    public async Task The_document_is_served_as_it_is()
    {
        var (status, body) = await ExecuteAsync(new OpenApi().Run(new DefaultHttpContext().Request), "OpenApi");

        Assert.Equal(200, status);
        Assert.Equal("3.1.0", body.RootElement.GetProperty("openapi").GetString());
        Assert.True(JsonNode.DeepEquals(OpenApiDocument.Root, JsonNode.Parse(body.RootElement.GetRawText())));
    }

    [Fact]
    public void Every_HTTP_function_is_described_with_its_route_its_methods_and_its_key()
    {
        var functions =
            from type in typeof(OpenApi).Assembly.GetTypes()
            from method in type.GetMethods()
            let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
            let trigger = method.GetParameters().Select(static p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(static t => t is not null)
            where name is not null && trigger is not null
            from verb in trigger.Methods!
            select $"{name}: {verb} /{trigger.Route} {(trigger.AuthLevel == AuthorizationLevel.Anonymous ? "open" : "with a key")}";
        var described =
            from o in OpenApiDocument.Operations
            select $"{o.Operation["operationId"]}: {o.Method} {o.Path} {(o.Operation["security"]!.AsArray().Count == 0 ? "open" : "with a key")}";

        Assert.Equal(functions.Order(), described.Order());
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_component_is_used()
    {
        var text = OpenApiDocument.Root.ToJsonString();
        foreach (var kind in OpenApiDocument.Root["components"]!.AsObject().Where(static kind => kind.Key != "securitySchemes"))
        {
            Assert.All(kind.Value!.AsObject(), component => Assert.Contains($"#/components/{kind.Key}/{component.Key}\"", text, StringComparison.Ordinal));
        }

        Assert.All(ReferencesIn(OpenApiDocument.Root), static reference => Assert.NotNull(OpenApiDocument.Resolve(reference)));
    }

    [Fact]
    public void Every_schema_is_a_JSON_Schema()
    {
        foreach (var (name, schema) in OpenApiDocument.Root["components"]!["schemas"]!.AsObject())
        {
            Assert.True(MetaSchemas.Draft202012.Evaluate(JsonSerializer.SerializeToElement(schema)).IsValid, name);
        }
    }

    [Theory]
    [InlineData("""{"conferenceId":"conf-1"}""", true)]
    [InlineData("""{"conferenceId":"conf-1","unionId":null,"corpId":"c","endedAt":"2026-11-23T08:00:00Z"}""", true)]
    [InlineData("{}", false)]
    [InlineData("""{"conferenceId":".hidden"}""", false)]
    [InlineData("""{"conferenceId":"a..b"}""", false)]
    [InlineData("""{"conferenceId":"a/b"}""", false)]
    [InlineData("""{"conferenceId":"a","unionId":"two words"}""", false)]
    public void A_notification_is_described_as_it_is_accepted(string json, bool accepted)
    {
        var body = JsonSerializer.Deserialize<JsonElement>(json);
        var read = (Notifications.Plain.PlainReading.Items)Notifications.Plain.PlainNotificationReader.Read(JsonSerializer.SerializeToUtf8Bytes(body), null);

        Assert.Equal(accepted, OpenApiDocument.SchemaOf("""{"$ref":"#/components/schemas/Notification"}""").Evaluate(body).IsValid);
        Assert.Equal(accepted, read.Rejected.Count == 0);
    }

    private static IEnumerable<JsonObject> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject reference when reference.ContainsKey("$ref") => [reference],
        JsonObject many => many.SelectMany(static property => ReferencesIn(property.Value)),
        JsonArray list => list.SelectMany(ReferencesIn),
        _ => [],
    };
}
