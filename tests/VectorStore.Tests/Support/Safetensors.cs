using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RdmCloud.VectorStore.Support;

/// <summary>Expected values: [8-byte header length][JSON header][data].</summary>
sealed class Safetensors(string path)
{
    readonly byte[] bytes = File.ReadAllBytes(path);

    public int[] Shape(string name) => [.. Entry(name).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    public T[] Values<T>(string name) where T : unmanaged
    {
        var offsets = Entry(name).GetProperty("data_offsets");
        var data = bytes.AsSpan(8 + HeaderLength)[offsets[0].GetInt32()..offsets[1].GetInt32()];
        return MemoryMarshal.Cast<byte, T>(data).ToArray();
    }

    int HeaderLength => (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);

    JsonElement Entry(string name) => JsonDocument.Parse(bytes.AsMemory(8, HeaderLength)).RootElement.GetProperty(name);
}
