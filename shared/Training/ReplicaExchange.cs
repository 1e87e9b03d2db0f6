using System.Globalization;
using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>
/// Several processes train copies of one network, each on other random pictures, and now and then go on from the mean of all
/// of them. On few cores, processes of one thread see more pictures than one process of many threads.
/// </summary>
/// <param name="folder">Where the copies are laid down; the same for all.</param>
/// <param name="replica">The number of this process, from 0.</param>
/// <param name="replicas">How many there are.</param>
public sealed class ReplicaExchange(string folder, int replica, int replicas, int steps, TimeProvider clock)
{
    const string StepName = "step", FilePrefix = "replica-";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether this is the process that keeps the checkpoint, the log and the sheets.</summary>
    public bool IsKeeper => replica == 0;

    /// <summary>The number of this process.</summary>
    public int Replica => replica;

    /// <summary>Whether the processes meet after this step.</summary>
    public bool IsDue(long step) => step % steps == 0;

    /// <summary>
    /// Replaces each of the tensors by its mean over all processes. One that does not come for some minutes is left out.
    /// </summary>
    public void Meet(long step, IReadOnlyCollection<(string Name, Tensor Tensor)> tensors, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        TensorFile.Write(PathOf(replica, step), tensors,
            new Dictionary<string, string> { [StepName] = step.ToString(CultureInfo.InvariantCulture) });
        var start = clock.GetTimestamp();
        var others = new List<SafetensorsFile>();
        foreach (var other in Enumerable.Range(0, replicas).Where(other => other != replica))
        {
            SafetensorsFile? file;
            while ((file = Find(other, step)) is null
                && clock.GetElapsedTime(start) < Patience && !cancellation.WaitHandle.WaitOne(Pause))
            {
            }
            if (file is not null)
                others.Add(file);
        }
        foreach (var (name, tensor) in tensors)
        {
            using var part = NewDisposeScope();
            foreach (var file in others)
                tensor.add_(file.Load(name).to(tensor.device));
            tensor.div_(others.Count + 1);
        }
        others.ForEach(file => file.Dispose());
    }

    /// <summary>Deletes what the processes of an earlier start have laid down.</summary>
    public static void Clear(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, $"{FilePrefix}*.safetensors*"))
            File.Delete(file);
    }

    SafetensorsFile? Find(int other, long step)
    {
        var path = PathOf(other, step);
        if (!File.Exists(path))
            return null;
        var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(StepName) == step.ToString(CultureInfo.InvariantCulture))
            return file;
        file.Dispose();
        return null;
    }

    // Two files in turn: nobody overwrites one that another still reads.
    string PathOf(int number, long step) =>
        Path.Combine(folder, $"{FilePrefix}{number}-{(step + steps - 1) / steps % 2}.safetensors");
}
