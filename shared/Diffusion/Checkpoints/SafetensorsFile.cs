using System.Buffers.Binary;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A safetensors file. The header is checked in full when it is opened; values are read when asked for.</summary>
public sealed class SafetensorsFile : ITensorSource
{
    readonly FileBytes file;
    readonly Dictionary<string, TensorInfo> tensors = [];
    readonly Dictionary<string, long> places = [];

    SafetensorsFile(FileBytes file)
    {
        this.file = file;
        if (file.Length < 8)
            throw new InvalidDataException("the file is too short to be a safetensors file.");
        Span<byte> start = stackalloc byte[8];
        file.Read(0, start);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > SafetensorsHeader.MaxLength || length > (ulong)file.Length - 8)
            throw new InvalidDataException(
                $"the header is said to have {length} bytes, more than the file or the limit of " +
                $"{SafetensorsHeader.MaxLength}. This is no safetensors file, or it is cut short.");
        var json = new byte[length];
        file.Read(8, json);
        var dataStart = 8 + (long)length;
        var header = SafetensorsHeader.Parse(json, file.Length - dataStart);
        Metadata = header.Metadata;
        foreach (var (tensor, begin) in header.Tensors.Values.OrderBy(entry => entry.Begin))
        {
            tensors.Add(tensor.Name, tensor);
            places.Add(tensor.Name, dataStart + begin);
        }
    }

    public IReadOnlyDictionary<string, TensorInfo> Tensors => tensors;

    /// <summary>The text that the file's writer left under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="CheckpointException">The file is missing, damaged or of another kind.</exception>
    public static SafetensorsFile Open(string path) => FileBytes.Open(path, file => new SafetensorsFile(file));

    public void Read(string name, long offset, Span<byte> destination)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw new CheckpointException(file.Path, $"there is no tensor '{name}' in it.");
        tensor.CheckRange(offset, destination.Length);
        file.Read(places[name] + offset, destination);
    }

    public void Dispose() => file.Dispose();
}
