namespace RdmCloud.Diffusion.Checkpoints;

public static class CheckpointFile
{
    /// <summary>Opens a safetensors file, the index of a sharded one, or a PyTorch checkpoint, whatever its name.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged or of another kind.</exception>
    public static ITensorSource Open(string path)
    {
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return ShardedSafetensors.Open(path);
        return IsSafetensors(path) ? SafetensorsFile.Open(path) : TorchCheckpoint.Open(path);
    }

    /// <summary>By the header's first character, and by name if even that is damaged.</summary>
    static bool IsSafetensors(string path)
    {
        using var file = FileBytes.Open(path);
        Span<byte> start = stackalloc byte[9];
        if (file.Length >= start.Length)
            file.Read(0, start);
        return start[8] == '{' || path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);
    }
}
