using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RdmCloud.Images;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace RdmCloud.Training.Evaluation;

/// <summary>
/// A ResNet-18 (He et al. 2016) that was trained to name photographs: an eye that no model of this project was trained with, and
/// that no picture was drawn for.
/// </summary>
public sealed class PhotographFeatures : IPictureFeatures, IDisposable
{
    const int Side = 224;

    readonly InferenceSession preparation, network;

    public PhotographFeatures()
    {
        using var options = new SessionOptions { IntraOpNumThreads = get_num_threads(), InterOpNumThreads = 1 };
        preparation = Open("ResNetPreprocess.onnx", options); // takes the mean photograph away
        network = Open("ResNet18.onnx", options);
    }

    public string Space => "resnet18-photographs";

    public Tensor Look(IReadOnlyList<RgbImage> pictures) => Rows.Unit([.. pictures.Select(Look)]);

    public void Dispose()
    {
        preparation.Dispose();
        network.Dispose();
    }

    // 512 numbers: the mean of the last maps.
    float[] Look(RgbImage picture) => [.. Run(network, Run(preparation, Pixels(picture)))];

    static DenseTensor<float> Run(InferenceSession session, DenseTensor<float> input)
    {
        using var output = session.Run([NamedOnnxValue.CreateFromTensor(session.InputMetadata.Keys.Single(), input)]);
        return output.Single().AsTensor<float>().ToDenseTensor();
    }

    // (1, 3, 224, 224), 0 to 255, blue before green before red, as the network learned them.
    static DenseTensor<float> Pixels(RgbImage picture)
    {
        var resized = Resampling.Bicubic(picture, Side, Side).Pixels;
        var pixels = new float[resized.Length];
        for (var i = 0; i < resized.Length; i++)
            pixels[(2 - i % 3) * Side * Side + i / 3] = resized[i];
        return new DenseTensor<float>(pixels, [1, 3, Side, Side]);
    }

    static InferenceSession Open(string file, SessionOptions options) =>
        new(Path.Combine(AppContext.BaseDirectory, "resnet18", file), options);
}
