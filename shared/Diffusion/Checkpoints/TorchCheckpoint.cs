namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>
/// A checkpoint of PyTorch or Lightning. Its tensors are those of <c>state_dict</c>, or of the whole file where there is
/// none; everything else in it is passed over. Nothing in it is executed.
/// </summary>
public sealed class TorchCheckpoint : ITensorSource
{
    /// <summary>Tied weights share a storage; a file in which everything is shared many times over is an attack.</summary>
    const int MaxSharing = 4;

    readonly FileBytes file;
    readonly Dictionary<string, TensorInfo> tensors = [];
    readonly Dictionary<string, (TorchTensor View, long Start)> places = [];

    TorchCheckpoint(FileBytes file)
    {
        this.file = file;
        var archive = new TorchArchive(file);
        if (new PickleMachine(archive.ReadPickle(), TorchObjects.Load, TorchObjects.Construct).Run() is not PickleDict root)
            throw new InvalidDataException("this PyTorch file holds something else than a dictionary of tensors.");
        GlobalStep = root["global_step"] as long?;
        foreach (var (key, value) in ((root["state_dict"] as PickleDict) ?? root).Items)
            if (key is string name && value is TorchTensor view)
            {
                view.Check(name);
                places[name] = (view, archive.Find(view.Storage, name) + view.Offset * view.Storage.Type.Size());
            }
        if (places.Count == 0)
            throw new InvalidDataException("there are no tensors in its state_dict or at its top.");
        var total = 0L;
        foreach (var (name, (view, _)) in places.OrderBy(place => place.Value.Start))
        {
            tensors.Add(name, new(name, view.Storage.Type, view.Shape));
            total += tensors[name].ByteLength;
            if (total / MaxSharing > file.Length)
                throw new InvalidDataException(
                    $"its tensors are views of the same bytes and would unfold to more than {MaxSharing} times the file.");
        }
    }

    public IReadOnlyDictionary<string, TensorInfo> Tensors => tensors;

    /// <summary>How many training steps the weights have seen, where the file says so.</summary>
    public long? GlobalStep { get; }

    /// <exception cref="CheckpointException">The file is missing, damaged, of another kind, or tries to run code.</exception>
    public static TorchCheckpoint Open(string path) => FileBytes.Open(path, file => new TorchCheckpoint(file));

    public void Read(string name, long offset, Span<byte> destination)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw new CheckpointException(file.Path, $"there is no tensor '{name}' in it.");
        tensor.CheckRange(offset, destination.Length);
        var (view, start) = places[name];
        if (view.IsContiguous)
            file.Read(start + offset, destination);
        else if (destination.Length > 0)
            ReadStrided(tensor, view, start, offset, destination);
    }

    public void Dispose() => file.Dispose();

    void ReadStrided(TensorInfo tensor, TorchTensor view, long start, long offset, Span<byte> destination)
    {
        var size = tensor.Type.Size();
        if (view.Extent > int.MaxValue / size)
            throw new CheckpointException(file.Path,
                $"tensor {tensor} is over 2 GB and not contiguous. Save it with .contiguous().");
        var extent = GC.AllocateUninitializedArray<byte>((int)view.Extent * size);
        file.Read(start, extent);
        view.Gather(extent, offset / size, destination);
    }
}
