using RdmCloud.Contracts;

namespace RdmCloud.Embedding.Clips;

/// <summary>The models of this installation.</summary>
sealed class KnownClips(IReadOnlyList<IClip> clips)
{
    public IReadOnlyList<IClip> All => clips;

    /// <exception cref="RefusedException">There is no such model, or it cannot read texts.</exception>
    public IClip ForTexts(string model)
    {
        var clip = Find(model);
        return clip.ReadsTexts ? clip : throw new RefusedException(
            $"The model '{model}' cannot read a text: it has no text tower. Give an image or a vector instead.", "model");
    }

    /// <exception cref="RefusedException">There is no such model, or it cannot look at pictures.</exception>
    public IClip ForPictures(string model)
    {
        var clip = Find(model);
        return clip.ReadsPictures ? clip : throw new RefusedException(
            $"The model '{model}' cannot look at pictures: it has no image tower.", "model");
    }

    /// <exception cref="RefusedException">There is no such model.</exception>
    public IClip Find(string model) => clips.FirstOrDefault(clip => clip.Name == model) ?? throw new RefusedException(
        $"There is no model '{model}'. There is: {string.Join(", ", clips.Select(clip => clip.Name))}.", "model");
}
