using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Tests.Http;

public sealed class RequestBodyTests : HttpTest
{
    private const int Cap = 64 * 1024;

    [Theory]
    [InlineData(null)]
    [InlineData((long)Cap)]
    [InlineData(1L)]
    public async Task An_endless_body_is_read_little_further_than_the_cap_whatever_length_it_announces(long? length)
    {
        var endless = new EndlessStream();
        var request = Request([]);
        request.Body = endless;
        request.ContentLength = length;

        var (_, problem) = await RequestBody.ReadJsonAsync(request, Cap, TestContext.Current.CancellationToken);

        Assert.Equal(413, Assert.IsAssignableFrom<IStatusCodeHttpResult>(problem).StatusCode);
        Assert.InRange(endless.Given, Cap, Cap + (16 * 1024));
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("br", 415)]
    [InlineData("identity, gzip", 415)]
    [InlineData("zip", 415)]
    [InlineData("identity", null)]
    [InlineData("", null)]
    public async Task A_compressed_body_is_refused_with_what_would_be_taken(string encoding, int? status)
    {
        foreach (var read in new[] { RequestBody.ReadJsonAsync, (Func<HttpRequest, int, CancellationToken, Task<(ReadOnlyMemory<byte>, IResult?)>>)RequestBody.ReadPushAsync })
        {
            var request = Request("{}"u8.ToArray());
            request.Headers.ContentEncoding = encoding;

            var (_, problem) = await read(request, Cap, TestContext.Current.CancellationToken);

            Assert.Equal(status, (problem as IStatusCodeHttpResult)?.StatusCode);
            Assert.Equal(status is null ? "" : "identity", request.HttpContext.Response.Headers.AcceptEncoding.ToString());
        }
    }

    [Fact]
    public async Task A_body_that_announces_much_and_brings_little_costs_little()
    {
        var request = Request([]);
        request.ContentLength = Cap;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = RequestBody.ReadJsonAsync(request, Cap, TestContext.Current.CancellationToken);

        Assert.True(read.IsCompletedSuccessfully);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cap / 2);
        Assert.Equal(0, (await read).Body.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(Cap)]
    public async Task A_body_up_to_the_cap_is_read_whole(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);

        var (body, problem) = await RequestBody.ReadJsonAsync(Request(bytes), Cap, TestContext.Current.CancellationToken);

        Assert.Null(problem);
        Assert.Equal(bytes, body.ToArray());
    }
}
