namespace RdmCloud.Diffusion.Import;

/// <summary>Which files a model is made from.</summary>
public sealed record ImportOptions
{
    /// <summary>The RDM: a PyTorch checkpoint or safetensors with the original's names.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>A new folder, or an empty one.</summary>
    public required string Output { get; init; }

    /// <summary>The original's YAML; without it the configurations are read off the tensors' shapes.</summary>
    public string? Config { get; init; }

    /// <summary>
    /// A folder with a CLIP: Hugging Face's files, or the original's or open_clip's names, and the tokenizer's files.
    /// </summary>
    public string? Clip { get; init; }

    /// <summary>A folder with a BERT by Hugging Face's names, where the CLIP holds only what stands on top of it.</summary>
    public string? TextEncoder { get; init; }
}
