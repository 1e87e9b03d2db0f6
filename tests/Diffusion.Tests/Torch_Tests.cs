namespace RdmCloud.Diffusion;

public class Torch_Tests
{
    [Fact]
    public void NativeLibrary_LoadsWithoutAnyEnvironmentVariable() =>
        Assert.Equal(3f, TorchSharp.torch.ones(3).sum().item<float>());
}
