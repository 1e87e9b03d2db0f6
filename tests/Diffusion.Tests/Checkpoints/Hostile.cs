namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>What every damaged or malicious file must end in.</summary>
static class Hostile
{
    const long Slack = 4_000_000;

    /// <summary>The file is refused with an error that names it, and costs no more memory than it is large.</summary>
    public static CheckpointException Refused(string path)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<CheckpointException>(() => CheckpointFile.Open(path).Dispose());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, new FileInfo(path).Length + Slack);
        Assert.StartsWith(path, exception.Message);
        return exception;
    }

    /// <summary>Refused, or read to the last tensor at a cost that the file's own size bounds.</summary>
    public static void RefusedOrBounded(string path)
    {
        var length = new FileInfo(path).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var source = CheckpointFile.Open(path);
            Assert.InRange(source.Tensors.Values.Sum(tensor => tensor.ByteLength), 0, 4 * length);
            foreach (var tensor in source.Tensors.Values)
                source.Read(tensor.Name, new byte[tensor.ByteLength]);
        }
        catch (CheckpointException exception)
        {
            Assert.StartsWith(Path.GetDirectoryName(path)!, exception.Message); // the file, or a shard beside it
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * length + Slack);
    }
}
