using System.Text;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Writes zip archives as torch.save does, or as an attacker would.</summary>
sealed class TorchZip
{
    readonly MemoryStream body = new();
    readonly MemoryStream directory = new();
    int count;

    /// <summary>A checkpoint with the storages "0", "1", … of the given bytes.</summary>
    public static byte[] Checkpoint(PickleWriter pickle, params byte[][] storages)
    {
        var zip = new TorchZip().Add("model/data.pkl", pickle.Op(".").ToArray());
        for (var i = 0; i < storages.Length; i++)
            zip.Add($"model/data/{i}", storages[i]);
        return zip.ToArray();
    }

    /// <param name="length">What the directory says, where that is not the truth.</param>
    /// <param name="header">Where the directory says the entry begins, where that is not the truth.</param>
    /// <param name="zip64">Whether the sizes and the place are 64 bits wide.</param>
    /// <param name="far">Whether only the place is, as in archives over 4 GB.</param>
    public TorchZip Add(string name, byte[] bytes, ushort method = 0, long? length = null, long? header = null,
        bool zip64 = false, bool far = false)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var place = header ?? body.Length;
        var size = length ?? bytes.Length;
        var padding = new byte[] { (byte)'F', (byte)'B', 5, 0, 1, 2, 3, 4, 5 }; // torch aligns its storages like this
        Write(body, 0x04034b50u, (ushort)20, (ushort)0, method, 0u, 0u, (uint)bytes.Length, (uint)bytes.Length,
            (ushort)nameBytes.Length, (ushort)padding.Length);
        body.Write([.. nameBytes, .. padding, .. bytes]);

        var extra = new MemoryStream();
        if (zip64)
            Write(extra, (ushort)1, (ushort)24, size, size, place);
        else if (far)
            Write(extra, (ushort)1, (ushort)8, place);
        var size32 = zip64 ? uint.MaxValue : (uint)size;
        var place32 = zip64 || far ? uint.MaxValue : (uint)place;
        Write(directory, 0x02014b50u, (ushort)20, (ushort)20, (ushort)0, method, 0u, 0u, size32, size32,
            (ushort)nameBytes.Length, (ushort)extra.Length, (ushort)0, (ushort)0, (ushort)0, 0u, place32);
        directory.Write([.. nameBytes, .. extra.ToArray()]);
        count++;
        return this;
    }

    /// <param name="start">Where the directory is said to begin, where that is not the truth.</param>
    public byte[] ToArray(bool zip64 = false, long? start = null)
    {
        var end = new MemoryStream();
        long place = start ?? body.Length, length = directory.Length;
        if (zip64)
        {
            Write(end, 0x06064b50u, 44L, (ushort)45, (ushort)45, 0u, 0u, (long)count, (long)count, length, place);
            Write(end, 0x07064b50u, 0u, body.Length + length, 1u);
            Write(end, 0x06054b50u, 0u, ushort.MaxValue, ushort.MaxValue, uint.MaxValue, uint.MaxValue, (ushort)0);
        }
        else
            Write(end, 0x06054b50u, 0u, (ushort)count, (ushort)count, (uint)length, (uint)place, (ushort)0);
        return [.. body.ToArray(), .. directory.ToArray(), .. end.ToArray()];
    }

    static void Write(MemoryStream stream, params ReadOnlySpan<object> numbers)
    {
        foreach (var number in numbers)
            stream.Write(number switch
            {
                ushort value => BitConverter.GetBytes(value),
                uint value => BitConverter.GetBytes(value),
                long value => BitConverter.GetBytes(value),
                _ => throw new ArgumentException($"{number} is not a number that zip archives have."),
            });
    }
}
