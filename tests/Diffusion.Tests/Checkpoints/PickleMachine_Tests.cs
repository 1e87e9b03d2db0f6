namespace RdmCloud.Diffusion.Checkpoints;

public class PickleMachine_Tests
{
    [Fact]
    public void Values_AreThoseOfPython()
    {
        Assert.Equal(
            new object?[] { null, true, false, 255L, 65535L, -2L },
            Run(new PickleWriter().Op("(N").Raw(0x88, 0x89).Raw((byte)'K', 255)
                .Raw((byte)'M', 255, 255).Raw((byte)'J', 254, 255, 255, 255).Op("t")));
        Assert.Equal(
            new object?[] { 5L, -7L, true, 1.5, 0.25 },
            Run(new PickleWriter().Op("(I5\nL-7L\nI01\nF1.5\nG").Raw(0x3f, 0xd0, 0, 0, 0, 0, 0, 0).Op("t")));
        Assert.Equal(
            new object?[] { 0L, -1L, 300L },
            Run(new PickleWriter().Raw(0x8a, 0).Raw(0x8a, 1, 255).Raw(0x8b, 2, 0, 0, 0, 44, 1).Raw(0x87)));
        Assert.Equal(
            new object?[] { "ü", "a", "bc" },
            Run(new PickleWriter().Text("ü").Raw(0x8c, 1, (byte)'a').Raw((byte)'U', 2, (byte)'b', (byte)'c').Raw(0x87)));
        Assert.IsType<PickleStub>(Run(new PickleWriter().Raw(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1)));
    }

    [Fact]
    public void Collections_HoldWhatWasPutIntoThem()
    {
        Assert.Equal(new List<object?> { 1L, 2L, 3L }, Run(new PickleWriter().Op("]").Int(1).Op("a(").Int(2).Int(3).Op("e")));
        var dict = Assert.IsType<PickleDict>(Run(new PickleWriter()
            .Op("}").Text("a").Int(1).Op("s(").Text("b").Int(2).Text("a").Int(3).Op("u")));
        Assert.Equal(3L, dict["a"]);
        Assert.Equal(2L, dict["b"]);
        Assert.Null(dict["c"]);
    }

    [Fact]
    public void Memo_GivesTheSameObject()
    {
        var pair = (object?[])Run(new PickleWriter().Op("]").Raw((byte)'q', 7).Raw((byte)'h', 7).Raw(0x86))!;
        Assert.Same(pair[0], pair[1]);
        pair = (object?[])Run(new PickleWriter().Op("]").Raw(0x94).Raw((byte)'j', 0, 0, 0, 0).Raw(0x86))!;
        Assert.Same(pair[0], pair[1]);
    }

    [Fact]
    public void ListInItself_IsNoTrouble() =>
        Assert.IsType<List<object?>>(Run(new PickleWriter().Op("]").Raw((byte)'q', 0).Raw((byte)'h', 0).Op("a")));

    [Fact]
    public void UnknownClasses_BecomeStubsAndKeys()
    {
        var dict = Assert.IsType<PickleDict>(Run(new PickleWriter()
            .Op("}(").Global("pytorch_lightning.callbacks", "ModelCheckpoint").Int(1)
            .Global("omegaconf", "DictConfig").Op(")").Raw(0x81).Op("}b").Text("made by NEWOBJ and BUILD")
            .Text("pathlib").Text("PosixPath").Raw(0x93).Op("(").Text("/x").Op("tR").Int(2).Op("u")));
        Assert.Equal(new PickleGlobal("pytorch_lightning.callbacks", "ModelCheckpoint"), dict.Items[0].Key);
        Assert.IsType<PickleStub>(dict.Items[1].Key);
        Assert.IsType<PickleStub>(dict.Items[2].Key);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("nt", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "exec")]
    [InlineData("subprocess", "Popen")]
    [InlineData("os.path", "join")]
    public void CodeInDisguise_IsRefusedByName(string module, string name)
    {
        var error = Assert.Throws<InvalidDataException>(() =>
            Run(new PickleWriter().Global(module, name).Op("(").Text("echo hacked").Op("tR")));
        Assert.Contains($"tries to run code when it is opened ({module}.{name})", error.Message);
        Assert.Throws<InvalidDataException>(() => Run(new PickleWriter().Text(module).Text(name).Raw(0x93)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("t")]
    [InlineData("(0")]
    [InlineData("(R")]
    [InlineData("N(b")]
    [InlineData("N(s")]
    [InlineData("}(Nu")]
    [InlineData("cos")]
    [InlineData("h\u0001")]
    [InlineData("X\u007f\u007f\u007f\u007f")]
    [InlineData("Ifive\n")]
    [InlineData("iposix\nsystem\n")]
    [InlineData("P1\n")]
    public void NonsenseInstructions_AreRefused(string instructions) =>
        Assert.Contains(
            "data.pkl is damaged",
            Assert.Throws<InvalidDataException>(() => Run(new PickleWriter().Op(instructions))).Message);

    [Theory]
    [InlineData('}')]
    [InlineData(']')]
    [InlineData('(')]
    [InlineData('N')]
    [InlineData(')')]
    public void MillionsOfObjects_AreRefusedEarly(char instruction)
    {
        var pickle = new PickleWriter().Op(new string(instruction, 4_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Run(pickle));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
    }

    [Fact]
    public void DeepNesting_NeedsNoStack()
    {
        var pickle = new PickleWriter().Op("N");
        for (var i = 0; i < 60_000; i++)
            pickle.Raw(0x85);
        Assert.IsType<object?[]>(Run(pickle));
    }

    static object? Run(PickleWriter pickle) =>
        new PickleMachine(pickle.Op(".").ToArray(), id => id, (_, _) => PickleStub.Instance).Run();
}
