using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace RdmCloud.VectorStore.Support;

/// <summary>Writes .npz files as numpy does.</summary>
static class Npz
{
    public static byte[] Array<T>(string type, T[] values, params int[] shape) where T : unmanaged =>
    [
        .. Header(type, shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape)),
        .. MemoryMarshal.AsBytes(values.AsSpan()),
    ];

    public static byte[] Header(string type, string shape, string fortran = "False")
    {
        var text = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': ({shape}), }}";
        text = text.PadRight((10 + text.Length + 64) / 64 * 64 - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. Encoding.ASCII.GetBytes(text)];
    }

    public static void Write(string path, CompressionLevel level, params (string Name, byte[] Array)[] arrays)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, array) in arrays)
        {
            using var stream = archive.CreateEntry(name + ".npy", level).Open();
            stream.Write(array);
        }
    }
}
