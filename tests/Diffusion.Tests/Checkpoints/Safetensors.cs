using System.Buffers.Binary;
using System.Text;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Safetensors files made by hand, right or wrong.</summary>
static class Safetensors
{
    public const string TwoTensors =
        """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":"""
        + """{"dtype":"I64","shape":[],"data_offsets":[16,24]}}""";

    public static byte[] Bytes(string header, int dataLength) =>
        Bytes(header, [.. Enumerable.Range(0, dataLength).Select(i => (byte)i)]);

    public static byte[] Bytes(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }

    public static byte[] ReadAll(this ITensorSource source, string name)
    {
        var bytes = new byte[source.Tensors[name].ByteLength];
        source.Read(name, bytes);
        return bytes;
    }
}
