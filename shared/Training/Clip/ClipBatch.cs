using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>Pictures, a caption for each, and captions of other pictures.</summary>
public sealed record ClipBatch(IReadOnlyList<PictureChoice> Pictures, IReadOnlyList<Caption> Captions)
{
    /// <summary>(pictures, captions): whether the caption describes the picture.</summary>
    public Tensor Matches(IReadOnlyList<DatasetImage> images)
    {
        var matches = new bool[Pictures.Count, Captions.Count];
        for (var i = 0; i < Pictures.Count; i++)
            for (var j = 0; j < Captions.Count; j++)
                matches[i, j] = Captions[j].Describes(images[Pictures[i].Index], Pictures[i].Finish);
        return tensor(matches);
    }
}
