using System.Runtime.InteropServices;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Checkpoints;

public sealed class TorchTensors_Tests : IDisposable
{
    readonly string path = Path.Combine(Path.GetTempPath(), $"rdm-{Guid.NewGuid():n}.safetensors");

    [Fact]
    public void MissingTensor_IsNamed() =>
        Assert.Contains("bias", Load(new TensorInfo("weight", ElementType.Float32, [2, 3])).Message);

    [Fact]
    public void UnexpectedTensor_IsNamed() => Assert.Contains("extra", Load(
        new TensorInfo("weight", ElementType.Float32, [2, 3]),
        new TensorInfo("bias", ElementType.Float32, [2]),
        new TensorInfo("extra", ElementType.Float32, [1])).Message);

    [Fact]
    public void TensorOfAnotherShape_IsNamedWithBothShapes()
    {
        var message = Load(
            new TensorInfo("weight", ElementType.Float32, [3, 2]),
            new TensorInfo("bias", ElementType.Float32, [2])).Message;
        Assert.Contains("weight Float32 [3, 2]", message);
        Assert.Contains("[2, 3]", message);
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void NumberThatIsNotFinite_IsNamed(float value) => Assert.Contains("weight", Load(
        value, new TensorInfo("weight", ElementType.Float32, [2, 3]), new TensorInfo("bias", ElementType.Float32, [2])).Message);

    [Theory, InlineData(ScalarType.Float32), InlineData(ScalarType.BFloat16), InlineData(ScalarType.Float16)]
    public void StoredNumbers_AreConvertedToTheNetworksType(ScalarType dtype)
    {
        Write(0.5f, new TensorInfo("weight", ElementType.Float32, [2, 3]), new TensorInfo("bias", ElementType.Float32, [2]));
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        var layer = new Linear(3, 2).to(dtype);
        layer.LoadFrom(file, path);
        Assert.Equal(dtype, layer.weight.dtype);
        Assert.Equal(0.5f, layer.weight.to(ScalarType.Float32).mean().item<float>());
    }

    public void Dispose() => File.Delete(path);

    CheckpointException Load(params TensorInfo[] tensors) => Load(1, tensors);

    CheckpointException Load(float value, params TensorInfo[] tensors)
    {
        Write(value, tensors);
        using var file = SafetensorsFile.Open(path);
        using var layer = new Linear(3, 2);
        var exception = Assert.Throws<CheckpointException>(() => layer.LoadFrom(file, path));
        Assert.StartsWith(path, exception.Message);
        return exception;
    }

    void Write(float value, params TensorInfo[] tensors) => SafetensorsWriter.Write(path, tensors, (tensor, stream) =>
    {
        var values = new float[tensor.ElementCount];
        Array.Fill(values, value);
        stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    });
}
