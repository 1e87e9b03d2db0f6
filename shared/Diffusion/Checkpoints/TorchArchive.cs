using System.Buffers.Binary;
using System.Text;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>
/// The zip archive that <c>torch.save</c> writes since PyTorch 1.6: one folder with <c>data.pkl</c> and the storages as
/// <c>data/0</c>, <c>data/1</c>, …
/// </summary>
sealed class TorchArchive
{
    const string Hint = "Load it in Python and save its state_dict with torch.save, or use a safetensors version of it.";
    const long MaxPickle = 64_000_000;

    readonly FileBytes file;
    readonly string folder;
    readonly Dictionary<string, ZipEntry> entries;

    public TorchArchive(FileBytes file)
    {
        this.file = file;
        RefuseOtherFormats();
        entries = ZipDirectory.Read(file);
        var pickles = entries.Keys.Where(name => name.Split('/') is [_, "data.pkl"]).ToList();
        if (pickles is not [var pickle])
            throw new InvalidDataException(
                "this zip archive is no PyTorch checkpoint: it should have one folder with a data.pkl.");
        folder = pickle[..^"data.pkl".Length];
        if (entries.Keys.FirstOrDefault(name => !name.StartsWith(folder, StringComparison.Ordinal)) is { } stray)
            throw new InvalidDataException(
                $"the file '{stray}' in it is not in the folder '{folder}' that holds the rest, so this is no PyTorch " +
                "checkpoint.");
        if (entries.Keys.Any(name => name.Split('/') is [_, "constants.pkl"] or [_, "code", ..]))
            throw new InvalidDataException(
                "this is a TorchScript program and not a checkpoint. " +
                "Use the model's Hugging Face version in safetensors format.");
        if (entries.ContainsKey(folder + "byteorder") && Encoding.ASCII.GetString(ReadSmall("byteorder", 16)) != "little")
            throw new InvalidDataException($"its numbers are not little-endian. {Hint}");
    }

    public byte[] ReadPickle() => ReadSmall("data.pkl", MaxPickle);

    /// <summary>Where in the file the storage begins.</summary>
    public long Find(TorchStorage storage, string tensor)
    {
        if (!entries.TryGetValue($"{folder}data/{storage.Key}", out var entry))
            throw new InvalidDataException(
                $"the storage '{storage.Key}' of tensor '{tensor}' is missing. Copy or download the file again.");
        if (entry.Length / storage.Type.Size() != storage.Count || entry.Length % storage.Type.Size() != 0)
            throw new InvalidDataException(
                $"the storage '{storage.Key}' of tensor '{tensor}' has {entry.Length} bytes, which are not {storage.Count} " +
                $"numbers of type {storage.Type}.");
        return ZipDirectory.DataStart(file, entry);
    }

    byte[] ReadSmall(string name, long max)
    {
        var entry = entries[folder + name];
        if (entry.Length > max)
            throw new InvalidDataException($"its {name} has {entry.Length} bytes, more than any model needs.");
        var bytes = new byte[entry.Length];
        file.Read(ZipDirectory.DataStart(file, entry), bytes);
        return bytes;
    }

    void RefuseOtherFormats()
    {
        Span<byte> start = stackalloc byte[4];
        if (file.Length < start.Length)
            throw new InvalidDataException("the file is too short to be a checkpoint.");
        file.Read(0, start);
        if (start[0] == 0x80) // a bare pickle
            throw new InvalidDataException($"this is the format of PyTorch before 1.6, which is not supported. {Hint}");
        if (BinaryPrimitives.ReadUInt32LittleEndian(start) != 0x04034b50) // PK..
            throw new InvalidDataException("this is neither a safetensors file nor a PyTorch checkpoint.");
    }
}
