namespace RdmCloud.Diffusion.Checkpoints;

public sealed class SafetensorsWriter_Tests : IDisposable
{
    static readonly TensorInfo[] tensors =
        [.. Enum.GetValues<ElementType>().Reverse().Select(type => new TensorInfo($"of \"{type}\" ü", type, [3, 1, 5])), new(
            $"scalar", ElementType.Float32, [])];

    readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryElementType_ComesBackAsItWas()
    {
        SafetensorsWriter.Write(folder["all.safetensors"], tensors, (tensor, stream) => stream.Write(Values(tensor)),
            new Dictionary<string, string> { ["source"] = "a \"test\"" });
        using var file = SafetensorsFile.Open(folder["all.safetensors"]);
        Assert.Equal("a \"test\"", file.Metadata["source"]);
        Assert.Equal(tensors.Length, file.Tensors.Count);
        foreach (var tensor in tensors)
        {
            Assert.Equal(tensor.ToString(), file.Tensors[tensor.Name].ToString());
            Assert.Equal(Values(tensor), file.ReadAll(tensor.Name));
        }
        Assert.Equal(["all.safetensors"], folder.Files);
    }

    [Fact]
    public void Data_BeginsAtMultiplesOfEight()
    {
        for (var length = 1; length < 9; length++)
        {
            var named = new TensorInfo(new string('a', length), ElementType.Float64, [1]);
            SafetensorsWriter.Write(folder["aligned"], [named], (_, stream) => stream.Write(new byte[8]));
            Assert.Equal(0, new FileInfo(folder["aligned"]).Length % 8);
        }
    }

    [Fact]
    public void FailureWhileWriting_LeavesTheOldFile()
    {
        folder.Write("kept.safetensors", [1, 2, 3]);
        Assert.Throws<TimeoutException>(() =>
            SafetensorsWriter.Write(folder["kept.safetensors"], tensors, (_, _) => throw new TimeoutException()));
        Assert.Equal(["kept.safetensors"], folder.Files);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["kept.safetensors"]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void WrongNumberOfBytes_IsNotAccepted(int count)
    {
        Assert.Throws<InvalidOperationException>(() =>
            SafetensorsWriter.Write(folder["wrong"], [new(
                $"a", ElementType.Float32, [1])], (_, stream) => stream.Write(new byte[count])));
        Assert.Empty(folder.Files);
    }

    static byte[] Values(TensorInfo tensor)
    {
        var bytes = new byte[tensor.ByteLength];
        new Random(tensor.Name.Length).NextBytes(bytes);
        return bytes;
    }
}
