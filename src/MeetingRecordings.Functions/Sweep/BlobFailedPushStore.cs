using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Storage;

namespace MeetingRecordings.Functions.Sweep;

/// <summary>
/// Keeps failed pushes as blobs, as DingTalk gave them: pages in <c>failed-pushes/pages/</c>, what cannot be read in
/// <c>failed-pushes/unread/</c>.
/// </summary>
/// <param name="container">The container, private; made on first use.</param>
/// <param name="clock">The time, by which the names are in order.</param>
public sealed class BlobFailedPushStore(BlobContainerClient container, TimeProvider clock) : IFailedPushStore
{
    private const string Pages = "failed-pushes/pages/";
    private const string Unread = "failed-pushes/unread/";

    /// <inheritdoc />
    public Task<string> KeepAsync(IReadOnlyList<FailedPush> pushes, CancellationToken cancellationToken)
        => WriteAsync(Pages, Join(pushes), cancellationToken);

    /// <inheritdoc />
    public Task<string> SetAsideAsync(FailedPush push, CancellationToken cancellationToken)
        => WriteAsync(Unread, BinaryData.FromBytes(push.Item), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<KeptPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in await ListNamesAsync(cancellationToken))
        {
            if (await container.GetBlobClient(name).FindContentAsync(cancellationToken) is { } page)
            {
                yield return new KeptPage(FailedPushList.Read(page.Content.ToMemory()), name);
            }
        }
    }

    /// <inheritdoc />
    public Task DropAsync(string place, CancellationToken cancellationToken)
        => container.GetBlobClient(place).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Pages, cancellationToken))
            {
                names.Add(blob.Name);
            }
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            // Nothing was ever kept.
        }

        return names;
    }

    private async Task<string> WriteAsync(string place, BinaryData json, CancellationToken cancellationToken)
    {
        var name = $"{place}{Guid.CreateVersion7(clock.GetUtcNow())}.json";
        await container.TryWriteJsonAsync(name, json, read: null, metadata: null, tags: null, cancellationToken);
        return name;
    }

    private static BinaryData Join(IReadOnlyList<FailedPush> pushes)
    {
        using var list = new MemoryStream();
        using (var json = new Utf8JsonWriter(list))
        {
            json.WriteStartArray();
            foreach (var push in pushes)
            {
                // As it came: what is no text in it need not be JSON that the writer would take.
                json.WriteRawValue(push.Item.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
        }

        return BinaryData.FromBytes(list.ToArray());
    }
}
