using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Models;

/// <summary>What clients and the gateway must know of a model to ask for pictures of it.</summary>
/// <param name="EmbeddingSpace">The CLIP model whose embeddings it reads; databases must be of the same.</param>
/// <param name="SizeMultiple">Both sides of a picture must be multiples of this.</param>
/// <param name="MaxSide">The longest side that a worker draws, in pixels.</param>
public sealed record ModelDescription(
    string Name,
    string Hash,
    string EmbeddingSpace,
    int Dimension,
    int SizeMultiple,
    int MaxSide,
    int MaxSteps,
    ModelDefaults Defaults);
