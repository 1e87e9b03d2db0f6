using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

/// <summary>
/// The latents of all examples, in files of so many each: rows are read when a step needs them, so that a data set may be larger
/// than the memory.
/// </summary>
public sealed class LatentShards : IDisposable
{
    const string TensorName = "latents", Pattern = "latents-*.safetensors";

    readonly SafetensorsFile[] shards;
    readonly long shardRows;
    readonly long[] shape; // of one

    LatentShards(SafetensorsFile[] shards)
    {
        this.shards = shards;
        var first = shards[0].Tensors[TensorName];
        (shardRows, shape) = (first.Shape[0], [.. first.Shape.Skip(1)]);
        Count = shards.Sum(shard => shard.Tensors[TensorName].Shape[0]);
    }

    /// <summary>How many latents there are.</summary>
    public long Count { get; }

    /// <summary>Opens what <see cref="Write"/> wrote.</summary>
    /// <exception cref="TrainingException">There is nothing.</exception>
    public static LatentShards Open(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? new([.. files.Select(SafetensorsFile.Open)])
            : throw new TrainingException($"{folder} holds no latents.");
    }

    /// <summary>Writes batches (B, C, h, w) of any sizes in float16, and takes them over.</summary>
    /// <param name="shardRows">Latents in a file.</param>
    public static void Write(string folder, IEnumerable<Tensor> batches, int shardRows)
    {
        foreach (var old in Directory.GetFiles(folder, Pattern))
            File.Delete(old);
        var (waiting, number) = (new List<Tensor>(), 0);
        foreach (var batch in batches)
        {
            waiting.Add(batch);
            while (waiting.Sum(part => part.size(0)) >= shardRows)
                WriteOne();
        }
        if (waiting.Count > 0)
            WriteOne();

        void WriteOne()
        {
            using var scope = NewDisposeScope();
            var all = cat(waiting);
            var count = Math.Min(shardRows, all.size(0));
            TensorFile.Write(Path.Combine(folder, Pattern.Replace("*", $"{number++:00000}")),
                [(TensorName, all.narrow(0, 0, count).to(ScalarType.Float16))]);
            waiting.ForEach(part => part.Dispose());
            waiting.Clear();
            if (all.size(0) > count)
                waiting.Add(all.narrow(0, count, all.size(0) - count).clone().DetachFromDisposeScope());
        }
    }

    /// <summary>Some of the latents: (B, C, h, w) in float16.</summary>
    public Tensor Rows(IReadOnlyList<int> rows)
    {
        var latents = empty([rows.Count, .. shape], ScalarType.Float16);
        var bytes = latents.bytes;
        var length = bytes.Length / rows.Count;
        for (var i = 0; i < rows.Count; i++)
            shards[rows[i] / shardRows].Read(TensorName, rows[i] % shardRows * length, bytes.Slice(i * length, length));
        return latents;
    }

    public void Dispose()
    {
        foreach (var shard in shards)
            shard.Dispose();
    }
}
