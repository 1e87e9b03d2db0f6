using RdmCloud.Images;

namespace RdmCloud.Embedding.Clips;

/// <summary>A model's text and image towers. What computes is for <see cref="ClipThread"/> alone.</summary>
interface IClip : IDisposable
{
    string Name { get; }

    /// <summary>Of the whole model.</summary>
    string Hash { get; }

    /// <summary>Values of an embedding.</summary>
    int Dimension { get; }

    bool ReadsTexts { get; }

    bool ReadsPictures { get; }

    IReadOnlyList<(float[] Embedding, bool Truncated)> EmbedTexts(IReadOnlyList<string> texts);

    /// <exception cref="ImageException">A picture cannot be brought to the tower's size.</exception>
    float[][] EmbedPictures(IReadOnlyList<RgbImage> pictures);
}
