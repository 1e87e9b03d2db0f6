using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace RdmCloud.Retrieval.Support;

/// <summary>Parts of the original's databases.</summary>
static class Npz
{
    public static byte[] Of(int dimension, int images)
    {
        var part = new MemoryStream();
        using (var archive = new ZipArchive(part, ZipArchiveMode.Create, leaveOpen: true))
        {
            var values = Enumerable.Range(0, images * dimension).Select(i => 1f + i).ToArray();
            Write(archive, "embedding", "<f4", $"{images}, {dimension}", values);
            Write(archive, "img_id", "<i8", $"{images},", Enumerable.Range(0, images).Select(i => (long)i).ToArray());
            Write(archive, "patch_coords", "<i8", $"{images}, 4", new long[4 * images]);
        }
        return part.ToArray();
    }

    static void Write<T>(ZipArchive archive, string name, string type, string shape, T[] values) where T : unmanaged
    {
        using var entry = archive.CreateEntry($"{name}.npy").Open();
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        var header = Encoding.ASCII.GetBytes(text.PadRight(117) + "\n"); // 128 bytes with what precedes
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. MemoryMarshal.AsBytes(values.AsSpan())]);
    }
}
