using RdmCloud.Diffusion.Checkpoints;

namespace RdmCloud.Diffusion.Import;

/// <summary>Some of a source's tensors under other names. The source is not disposed with it.</summary>
sealed class RenamedTensors(ITensorSource source, IReadOnlyDictionary<string, string> names) : ITensorSource
{
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; } = names.ToDictionary(
        pair => pair.Key, pair => source.Tensors[pair.Value] with { Name = pair.Key });

    /// <summary>The tensors whose names begin so, without that beginning.</summary>
    public static RenamedTensors Under(ITensorSource source, string prefix) => new(source, source.Tensors.Keys
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[prefix.Length..]));

    public void Read(string name, long offset, Span<byte> destination) => source.Read(names[name], offset, destination);

    public void Dispose() { }
}
