using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DingTalkSimulator.Api;

/// <summary>A buffer and a JSON writer of the current thread, used again and again. Nothing may be awaited while they are in use.</summary>
internal static class JsonScratch
{
    // DingTalk writes Chinese as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes JSON.</summary>
    /// <typeparam name="T">What is written.</typeparam>
    /// <param name="state">What is written.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>The bytes, valid until this thread writes again.</returns>
    public static ReadOnlySpan<byte> Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        return buffer.WrittenSpan;
    }
}
