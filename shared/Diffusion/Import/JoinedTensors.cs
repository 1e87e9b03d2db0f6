using RdmCloud.Diffusion.Checkpoints;

namespace RdmCloud.Diffusion.Import;

/// <summary>The tensors of several sources, which share no name. The sources are not disposed with it.</summary>
sealed class JoinedTensors(IEnumerable<ITensorSource> sources) : ITensorSource
{
    readonly Dictionary<string, ITensorSource> owners = sources
        .SelectMany(source => source.Tensors.Keys.Select(name => (name, source))).ToDictionary();

    public IReadOnlyDictionary<string, TensorInfo> Tensors =>
        field ??= owners.ToDictionary(pair => pair.Key, pair => pair.Value.Tensors[pair.Key]);

    public void Read(string name, long offset, Span<byte> destination) => owners[name].Read(name, offset, destination);

    public void Dispose() { }
}
