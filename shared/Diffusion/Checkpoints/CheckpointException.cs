namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A checkpoint that cannot be read. The message is for people: the file, what is wrong with it, what to do.</summary>
public sealed class CheckpointException(string path, string problem, Exception? inner = null)
    : Exception($"{path}: {problem}", inner)
{
    /// <summary>The file.</summary>
    public string Path => path;
}
