namespace RdmCloud.Diffusion.Checkpoints;

public sealed class HostileTorchFiles_Tests : IDisposable
{
    static readonly byte[] pickle = Good().Op(".").ToArray();
    static readonly byte[] storage = new byte[12];

    readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(13, 0, 12, 1, "bytes, which are not")]
    [InlineData(1L << 40, 0, 12, 1, "bytes, which are not")]
    [InlineData(12, 1, 12, 1, "reaches beyond")]
    [InlineData(12, -1, 2, 1, "reaches beyond")]
    [InlineData(12, long.MaxValue, 2, 1, "larger than any file")]
    [InlineData(12, 0, 13, 1, "reaches beyond")]
    [InlineData(12, 0, -12, 1, "reaches beyond")]
    [InlineData(12, 0, 2, 12, "reaches beyond")]
    [InlineData(12, 0, 2, -1, "reaches beyond")]
    [InlineData(12, 0, 3, long.MaxValue, "larger than any file")]
    [InlineData(12, 0, 1L << 40, 0, "reaches beyond")]
    [InlineData(-1, 0, 0, 0, "reaches beyond")]
    public void ViewBeyondItsStorage_IsRefused(long count, long offset, long size, long stride, string reason) =>
        Assert.Contains(
            reason, Refused(new PickleWriter().Tensors(new TorchView("a.weight", "0", count, offset, [size], [stride]))));

    [Fact]
    public void ShapeOverflow_IsRefused() =>
        Assert.Contains("'a'", Refused(new PickleWriter().Tensors(new TorchView("a", "0", 12, 0, [1L << 32, 1L << 32], [0, 0]))));

    [Fact]
    public void ManyViewsOfTheSameBytes_AreRefused()
    {
        var views = Enumerable.Range(0, 1000).Select(i => new TorchView($"{i}", "0", 1_000_000, 0, [1_000_000], [1])).ToArray();
        var path = folder.Write("shared.ckpt", TorchZip.Checkpoint(new PickleWriter().Tensors(views), new byte[1_000_000]));
        Assert.Contains("views of the same bytes", Hostile.Refused(path).Message);
    }

    [Fact]
    public void MissingStorage_IsNamed() =>
        Assert.Contains(
            "storage '../../etc/passwd' of tensor 'a' is missing",
            Refused(new PickleWriter().Tensors(new TorchView("a", "../../etc/passwd", 12, 0, [12], [1]))));

    [Fact]
    public void SystemCall_IsNotMade()
    {
        var mark = folder["hacked"];
        Assert.Contains(
            "tries to run code",
            Refused(Good().Op("}").Text("x").Global("os", "system").Op("(").Text($"touch {mark}").Op("tRs")));
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void SomethingElseThanADictionary_IsRefused()
    {
        Assert.Contains("something else", Refused(new PickleWriter().Op("]")));
        Assert.Contains("no tensors", Refused(new PickleWriter().Op("}")));
        Assert.Contains("unknown way", Refused(new PickleWriter().Global("torch._utils", "_rebuild_tensor_v2").Op("(NNNtR")));
        Assert.Contains("not a storage", Refused(new PickleWriter().Text("module").Op("Q")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("model/../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("model\\..\\evil")]
    [InlineData("model//x")]
    public void NameThatLeadsOut_IsRefused(string name) =>
        Assert.Contains("leads out", Refused(Zip().Add(name, [1])));

    [Fact]
    public void OtherArchives_AreRefusedWithAHint()
    {
        Assert.Contains("TorchScript", Refused(Zip().Add("model/constants.pkl", [])));
        Assert.Contains("TorchScript", Refused(Zip().Add("model/code/__torch__.py", [])));
        Assert.Contains("little-endian", Refused(Zip().Add("model/byteorder", "big"u8.ToArray())));
        Assert.Contains("'other/x'", Refused(Zip().Add("other/x", [])));
        Assert.Contains("no PyTorch checkpoint", Refused(new TorchZip().Add("readme.txt", [])));
        Assert.Contains("PyTorch before 1.6", Refused(
            [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, .. new byte[99]]));
        Assert.Contains("neither", Refused("a text file"u8.ToArray()));
        Assert.Contains("too short", Refused([]));
    }

    [Fact]
    public void Bomb_IsRefusedUnopened()
    {
        Assert.Contains("compressed", Refused(Zip().Add("model/data/1", new byte[1000], method: 8, length: 10_000_000_000)));
        Assert.Contains("compressed", Refused(Zip().Add("model/data/1", new byte[1000], method: 8)));
        Assert.Contains("overlaps", Refused(Zip().Add("model/data/1", new byte[1000], length: 4_000_000_000)));
        Assert.Contains("overlaps", Refused(Zip().Add("model/data/1", new byte[12], header: 0)));
        Assert.Contains("overlaps", Refused(Zip().Add("model/data/1", [], header: 1L << 62, zip64: true)));
        Assert.Contains("cannot be right", Refused(Zip().Add("model/data/1", [], header: -5, zip64: true)));
        Assert.Contains("twice", Refused(Zip().Add("model/data/0", storage)));
        Assert.Contains("not inside", Refused(Zip().ToArray(start: 4_000_000_000)));
        Assert.Contains("not inside", Refused(Zip().ToArray(zip64: true, start: long.MaxValue)));
    }

    [Fact]
    public void CutAnywhere_IsRefused()
    {
        foreach (var bytes in new[] { Zip().ToArray(), Zip().ToArray(zip64: true) })
            for (var length = 0; length < bytes.Length; length++)
                Hostile.Refused(folder.Write("cut.ckpt", bytes[..length]));
        for (var length = 0; length < pickle.Length; length++)
            Refused(new TorchZip().Add("model/data.pkl", pickle[..length]).Add("model/data/0", storage));
        for (var length = 0; length < storage.Length; length++)
            Refused(new TorchZip().Add("model/data.pkl", pickle).Add("model/data/0", storage[..length]));
    }

    [Fact]
    public void DeepNesting_IsRefused()
    {
        Refused(new PickleWriter().Op(new string(']', 3_000_000)));
        Refused(new PickleWriter().Op(new string('(', 3_000_000)));
        Refused(new PickleWriter().Op("N" + new string('l', 3_000_000)));
    }

    static PickleWriter Good() => new PickleWriter().Tensors(new TorchView("a", "0", 12, 0, [12], [1]));

    static TorchZip Zip() => new TorchZip().Add("model/data.pkl", pickle).Add("model/data/0", storage);

    string Refused(PickleWriter pickle) => Refused(TorchZip.Checkpoint(pickle, storage));

    string Refused(TorchZip zip) => Refused(zip.ToArray());

    string Refused(byte[] bytes) => Hostile.Refused(folder.Write("hostile.ckpt", bytes)).Message;
}
