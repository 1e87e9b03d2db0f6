using RdmCloud.Images;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>A network that makes a vector of a picture.</summary>
public interface IPictureFeatures
{
    /// <summary>Which network it is; vectors of two networks say nothing about each other.</summary>
    string Space { get; }

    /// <summary>Vectors of length one: (N, D).</summary>
    Tensor Look(IReadOnlyList<RgbImage> pictures);
}
