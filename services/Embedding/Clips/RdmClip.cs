using RdmCloud.Diffusion.Models;
using RdmCloud.Images;

namespace RdmCloud.Embedding.Clips;

/// <summary>The towers of an RDM. Its network and autoencoder are never asked for, and so never read.</summary>
sealed class RdmClip(ModelDirectory directory) : IClip
{
    readonly RdmModel model = new(directory);

    public string Name => directory.Manifest.Name;

    public string Hash => directory.Hash;

    public int Dimension => directory.Manifest.Network.Config.ContextDim;

    public bool ReadsTexts => directory.Manifest.Text is not null;

    public bool ReadsPictures => directory.Manifest.Image is not null;

    public IReadOnlyList<(float[] Embedding, bool Truncated)> EmbedTexts(IReadOnlyList<string> texts) => model.EmbedTexts(texts);

    public float[][] EmbedPictures(IReadOnlyList<RgbImage> pictures) => model.EmbedImages(pictures);

    public void Dispose() => model.Dispose();
}
