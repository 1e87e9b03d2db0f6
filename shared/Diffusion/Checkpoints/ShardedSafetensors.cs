using System.Text.Json;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Several safetensors files beside an index (<c>model.safetensors.index.json</c>) that says which holds what.</summary>
public sealed class ShardedSafetensors : ITensorSource
{
    readonly string path;
    readonly Dictionary<string, SafetensorsFile> shards = [];
    readonly Dictionary<string, TensorInfo> tensors = [];
    readonly Dictionary<string, SafetensorsFile> places = [];

    ShardedSafetensors(string path, Dictionary<string, string> index)
    {
        this.path = path;
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            foreach (var shard in index.Values.Distinct().Order(StringComparer.Ordinal))
                Add(shard, SafetensorsFile.Open(Path.Combine(folder, shard)), index);
            if (index.Keys.FirstOrDefault(name => !tensors.ContainsKey(name)) is { } missing)
                throw new CheckpointException(path,
                    $"the index says that tensor '{missing}' is in {index[missing]}, and it is not.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, TensorInfo> Tensors => tensors;

    /// <param name="path">The index; its shards lie beside it.</param>
    /// <exception cref="CheckpointException">The index or a shard is missing or damaged, or they disagree.</exception>
    public static ShardedSafetensors Open(string path) => new(path, ReadIndex(path));

    public void Read(string name, long offset, Span<byte> destination)
    {
        if (!places.TryGetValue(name, out var shard))
            throw new CheckpointException(path, $"there is no tensor '{name}' in it.");
        shard.Read(name, offset, destination);
    }

    public void Dispose()
    {
        foreach (var shard in shards.Values)
            shard.Dispose();
    }

    void Add(string file, SafetensorsFile shard, Dictionary<string, string> index)
    {
        shards.Add(file, shard);
        foreach (var (name, tensor) in shard.Tensors)
        {
            if (index.GetValueOrDefault(name) != file)
                throw new CheckpointException(path, $"tensor '{name}' is in {file}, and the index does not say so.");
            tensors.Add(name, tensor);
            places.Add(name, shard);
        }
    }

    static Dictionary<string, string> ReadIndex(string path)
    {
        using var file = FileBytes.Open(path);
        if (file.Length > SafetensorsHeader.MaxLength)
            throw new CheckpointException(path, $"the index is larger than {SafetensorsHeader.MaxLength} bytes.");
        var json = new byte[file.Length];
        file.Read(0, json);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
                throw new CheckpointException(path, "the index has no \"weight_map\" that says which file holds which tensor.");
            var index = new Dictionary<string, string>();
            foreach (var entry in map.EnumerateObject())
                if (index.Count == SafetensorsHeader.MaxTensors || !index.TryAdd(entry.Name, ShardName(path, entry.Value)))
                    throw new CheckpointException(path,
                        $"the index holds the tensor '{entry.Name}' twice, or more than {SafetensorsHeader.MaxTensors} tensors.");
            return index;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"the index is not valid JSON. {exception.Message}", exception);
        }
    }

    /// <summary>A plain file name: an index must not reach out of its folder, on any operating system.</summary>
    static string ShardName(string path, JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return name.EndsWith(".safetensors", StringComparison.Ordinal) && name.IndexOfAny(['/', '\\', ':', '\0']) < 0
            ? name
            : throw new CheckpointException(path,
                $"the index names the file '{name}'. Only .safetensors files beside the index are allowed.");
    }
}
