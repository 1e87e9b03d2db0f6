using System.Collections.Immutable;

namespace RdmCloud.Diffusion.Networks;

/// <summary>A Vision Transformer, or a ModifiedResNet where <see cref="Layers"/> names the blocks of four stages.</summary>
public sealed record ClipImageConfig
{
    public required int EmbedDim { get; init; }

    /// <summary>Side of the square pictures that the tower looks at, in pixels.</summary>
    public required int ImageResolution { get; init; }

    /// <summary>One number: transformer layers. Four numbers: bottleneck blocks of the ResNet's stages.</summary>
    public required ImmutableArray<int> Layers { get; init; }

    public required int Width { get; init; }

    /// <summary>Side of a patch, for the transformer.</summary>
    public int PatchSize { get; init; }

    /// <summary>Heads of the transformer; 0 for heads of width 64, as in CLIP.</summary>
    public int Heads { get; init; }

    /// <summary>gelu, or CLIP's quick_gelu.</summary>
    public string Activation { get; init; } = Activations.QuickGelu;
}

/// <summary>CLIP's text transformer.</summary>
public sealed record ClipTextConfig
{
    public required int EmbedDim { get; init; }

    public required int ContextLength { get; init; }

    public required int VocabSize { get; init; }

    public required int Width { get; init; }

    public required int Heads { get; init; }

    public required int Layers { get; init; }

    /// <summary>gelu, or CLIP's quick_gelu.</summary>
    public string Activation { get; init; } = Activations.QuickGelu;
}

/// <summary>A BERT as text tower: mean pooling, then a projection of two layers.</summary>
public sealed record BertTextConfig
{
    public required int EmbedDim { get; init; }

    public required int ContextLength { get; init; }

    public required int VocabSize { get; init; }

    public required int Width { get; init; }

    public required int Heads { get; init; }

    public required int Layers { get; init; }

    public required int IntermediateSize { get; init; }

    /// <summary>Width between the projection's two layers.</summary>
    public required int ProjectionSize { get; init; }

    /// <summary>Rows of the position table: at least <see cref="ContextLength"/>.</summary>
    public required int Positions { get; init; }

    public int TokenTypes { get; init; } = 2;

    public double LayerNormEpsilon { get; init; } = 1e-12;
}
