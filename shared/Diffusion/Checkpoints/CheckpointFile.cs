namespace RdmCloud.Diffusion.Checkpoints;

public static class CheckpointFile
{
    /// <summary>Opens a safetensors file or the index of a sharded one.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged or of another kind.</exception>
    public static ITensorSource Open(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        ? ShardedSafetensors.Open(path)
        : SafetensorsFile.Open(path);
}
