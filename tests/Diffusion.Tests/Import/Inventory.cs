using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Checkpoints;

namespace RdmCloud.Diffusion.Import;

/// <summary>A published checkpoint's tensor names and shapes, without the tensors.</summary>
sealed class Inventory(JsonObject shapes) : ITensorSource
{
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; } = shapes.ToDictionary(
        pair => pair.Key,
        pair => new TensorInfo(pair.Key, ElementType.Float32, [.. pair.Value!.AsArray().Select(size => (long)size!)]));

    public static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Fixtures.Find("inventories"), name)))!.AsObject();

    public void Read(string name, long offset, Span<byte> destination) =>
        throw new InvalidOperationException("An inventory holds no values.");

    public void Dispose() { }
}
