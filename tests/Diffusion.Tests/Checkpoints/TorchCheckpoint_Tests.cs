using System.Runtime.InteropServices;

namespace RdmCloud.Diffusion.Checkpoints;

public sealed class TorchCheckpoint_Tests : IDisposable
{
    static readonly byte[] twelve = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];

    readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void LightningLayout_GivesItsStateDictAndStep()
    {
        var pickle = new PickleWriter().Op("}(").Text("global_step").Int(42)
            .Text("callbacks").Op("}").Global("lightning", "Checkpoint").Int(1).Op("s")
            .Text("state_dict").Tensors(View("a", [12], [1]))
            .Text("optimizer").Tensors(View("momentum", [12], [1], key: "nowhere")).Op("u");
        using var file = Open(pickle, twelve);
        Assert.Equal(["a"], file.Tensors.Keys);
        Assert.Equal(42, file.GlobalStep);
        Assert.Equal(twelve, file.ReadAll("a"));
    }

    [Fact]
    public void BareDictionary_IsAStateDict()
    {
        var pickle = new PickleWriter().Tensors(View("a", [3, 4], [4, 1])).Text("config").Op("}s");
        using var file = Open(pickle, twelve);
        Assert.Null(file.GlobalStep);
        Assert.Equal([3L, 4L], file.Tensors["a"].Shape.AsEnumerable());
    }

    [Theory]
    [InlineData("DoubleStorage", ElementType.Float64)]
    [InlineData("FloatStorage", ElementType.Float32)]
    [InlineData("HalfStorage", ElementType.Float16)]
    [InlineData("BFloat16Storage", ElementType.BFloat16)]
    [InlineData("LongStorage", ElementType.Int64)]
    [InlineData("IntStorage", ElementType.Int32)]
    [InlineData("ShortStorage", ElementType.Int16)]
    [InlineData("CharStorage", ElementType.Int8)]
    [InlineData("ByteStorage", ElementType.UInt8)]
    [InlineData("BoolStorage", ElementType.Bool)]
    public void ScalarOfEveryStorageClass_IsRead(string storage, ElementType type)
    {
        var bytes = twelve[..type.Size()];
        using var file = Open(new PickleWriter().Tensors(new TorchView("a", "0", 1, 0, [], [], storage)), bytes);
        Assert.Equal(type, file.Tensors["a"].Type);
        Assert.Empty(file.Tensors["a"].Shape);
        Assert.Equal(bytes, file.ReadAll("a"));
    }

    [Fact]
    public void ElementTypeThatNoWeightsHave_IsPassedOver()
    {
        var pickle = new PickleWriter().Tensors(
            View("a", [12], [1]), new TorchView("c", "0", 12, 0, [1], [1], "ComplexFloatStorage"));
        using var file = Open(pickle, twelve);
        Assert.Equal(["a"], file.Tensors.Keys);
    }

    [Fact]
    public void Parameter_IsItsTensor()
    {
        var pickle = new PickleWriter().Op("}").Text("a").Global("torch._utils", "_rebuild_parameter")
            .Op("(").Tensor(View("a", [12], [1])).Raw(0x88).Op("}tRs");
        using var file = Open(pickle, twelve);
        Assert.Equal(twelve, file.ReadAll("a"));
    }

    [Fact]
    public void ViewsOfOneStorage_AreReadByOffsetAndStrides()
    {
        using var file = Open(new PickleWriter().Tensors(
            View("rows", [2, 4], [4, 1], offset: 4),
            View("transposed", [4, 3], [1, 4]),
            View("column", [3], [4], offset: 2),
            View("permuted", [2, 2, 3], [2, 1, 4]),
            View("unit", [1, 12, 1], [99, 1, 77]),
            View("empty", [0, 5], [5, 1])), twelve);
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11], file.ReadAll("rows"));
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], file.ReadAll("transposed"));
        Assert.Equal([2, 6, 10], file.ReadAll("column"));
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], file.ReadAll("permuted"));
        Assert.Equal(twelve, file.ReadAll("unit"));
        Assert.Empty(file.ReadAll("empty"));
        var part = new byte[5];
        file.Read("permuted", 4, part);
        Assert.Equal([5, 9, 2, 6, 10], part);
    }

    [Fact]
    public void TransposedFloats_AreGatheredWhole()
    {
        var values = new float[] { 1, 2, 3, 4, 5, 6 };
        var pickle = new PickleWriter().Tensors(new TorchView("a", "0", 6, 0, [3, 2], [1, 3], "FloatStorage"));
        using var file = Open(pickle, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], MemoryMarshal.Cast<byte, float>(file.ReadAll("a")).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Zip64_IsRead(bool all)
    {
        var pickle = new PickleWriter().Tensors(View("a", [12], [1])).Op(".").ToArray();
        var zip = new TorchZip().Add("archive/data.pkl", pickle, zip64: all, far: true)
            .Add("archive/data/0", twelve, zip64: all, far: true).Add("archive/byteorder", "little"u8.ToArray());
        using var file = TorchCheckpoint.Open(folder.Write("64.pt", zip.ToArray(zip64: true)));
        Assert.Equal(twelve, file.ReadAll("a"));
    }

    [Fact]
    public void Kind_IsToldByContentAndNotByName()
    {
        var pickle = new PickleWriter().Tensors(View("a", [12], [1]));
        using var torch = CheckpointFile.Open(folder.Write("model", TorchZip.Checkpoint(pickle, twelve)));
        Assert.IsType<TorchCheckpoint>(torch);
        using var safetensors = CheckpointFile.Open(folder.Write("model.bin", Safetensors.Bytes(Safetensors.TwoTensors, 24)));
        Assert.IsType<SafetensorsFile>(safetensors);
    }

    static TorchView View(string name, long[] shape, long[] strides, long offset = 0, string key = "0") =>
        new(name, key, 12, offset, shape, strides);

    TorchCheckpoint Open(PickleWriter pickle, params byte[][] storages) =>
        TorchCheckpoint.Open(folder.Write("model.ckpt", TorchZip.Checkpoint(pickle, storages)));
}
