using System.Buffers.Binary;
using System.Text.Json;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Writes a safetensors file tensor by tensor, so that none needs to be held whole in memory.</summary>
public static class SafetensorsWriter
{
    /// <summary>The file appears when it is complete; until then, and after a crash, the old one or none is there.</summary>
    /// <param name="tensors">Stored by falling element size, so that each begins at a multiple of its own.</param>
    /// <param name="write">Called once per tensor, in the order stored: must write its row-major little-endian bytes.</param>
    /// <exception cref="InvalidOperationException"><paramref name="write"/> wrote too much or too little.</exception>
    /// <exception cref="IOException">The disk is full or the path cannot be written to.</exception>
    public static void Write(string path, IReadOnlyList<TensorInfo> tensors, Action<TensorInfo, Stream> write,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderByDescending(tensor => tensor.Type.Size()).ToList();
        var header = Header(ordered, metadata);
        var partial = path + ".partial";
        var stream = new FileStream(partial, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            PreallocationSize = header.Length + ordered.Sum(tensor => tensor.ByteLength), // a full disk shows at once
        });
        try
        {
            using (stream)
            {
                stream.Write(header);
                foreach (var tensor in ordered)
                    WriteTensor(stream, tensor, write);
                stream.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    static void WriteTensor(FileStream stream, TensorInfo tensor, Action<TensorInfo, Stream> write)
    {
        var begin = stream.Position;
        write(tensor, stream);
        if (stream.Position - begin != tensor.ByteLength)
            throw new InvalidOperationException(
                $"{stream.Position - begin} bytes were written for {tensor} of {tensor.ByteLength} bytes.");
    }

    /// <summary>The length, then JSON filled up with spaces so that the data begins at a multiple of 8.</summary>
    static byte[] Header(List<TensorInfo> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        stream.Write(new byte[8]);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (metadata is not null)
                WriteMetadata(json, metadata);
            var place = 0L;
            foreach (var tensor in tensors)
                WriteEntry(json, tensor, ref place);
            json.WriteEndObject();
        }
        while (stream.Length % 8 != 0)
            stream.WriteByte((byte)' ');
        var header = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - 8);
        return header;
    }

    static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    static void WriteEntry(Utf8JsonWriter json, TensorInfo tensor, ref long place)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(place);
        json.WriteNumberValue(place += tensor.ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
