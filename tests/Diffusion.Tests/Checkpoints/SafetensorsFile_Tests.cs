using System.Buffers.Binary;

namespace RdmCloud.Diffusion.Checkpoints;

public sealed class SafetensorsFile_Tests : IDisposable
{
    readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void GoodFile_GivesNamesShapesAndBytes()
    {
        using var file = SafetensorsFile.Open(folder.Write("good.safetensors", Safetensors.Bytes(Safetensors.TwoTensors, 24)));
        Assert.Equal(["a", "b"], file.Tensors.Keys);
        Assert.Equal([2L, 2L], file.Tensors["a"].Shape.AsEnumerable());
        Assert.Equal(ElementType.Int64, file.Tensors["b"].Type);
        Assert.Empty(file.Tensors["b"].Shape);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (byte)i), file.ReadAll("a"));
        Assert.Equal(Enumerable.Range(16, 8).Select(i => (byte)i), file.ReadAll("b"));
    }

    [Fact]
    public void Part_IsReadFromItsPlace()
    {
        using var file = SafetensorsFile.Open(folder.Write("good.safetensors", Safetensors.Bytes(Safetensors.TwoTensors, 24)));
        var part = new byte[8];
        file.Read("a", 4, part);
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11], part);
        Assert.Throws<ArgumentException>(() => file.Read("a", 2, part));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read("a", 12, part));
        Assert.Throws<ArgumentException>(() => file.Read("a", part));
        Assert.Contains("'c'", Assert.Throws<CheckpointException>(() => file.Read("c", part)).Message);
    }

    [Fact]
    public void ScalarsAndEmptyTensors_AreLegal()
    {
        var header =
            """{"e":{"dtype":"F16","shape":[0,7],"data_offsets":[2,2]},"s":{"dtype":"F16","shape":[],"data_offsets":[0,2]}}   """;
        using var file = SafetensorsFile.Open(folder.Write("empty.safetensors", Safetensors.Bytes(header, 2)));
        Assert.Empty(file.ReadAll("e"));
        Assert.Equal([0, 1], file.ReadAll("s"));
    }

    [Fact]
    public void NotANumber_IsReadAsItIs()
    {
        var header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        using var file = SafetensorsFile.Open(
            folder.Write("nan.safetensors", Safetensors.Bytes(header, BitConverter.GetBytes(float.NaN))));
        Assert.True(float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(file.ReadAll("a"))));
    }

    [Theory]
    [InlineData(
        "overlap",
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[5],"data_offsets":[3,8]}}""",
        "overlap")]
    [InlineData(
        "same bytes",
        """{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""",
        "overlap")]
    [InlineData(
        "hole",
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[3],"data_offsets":[5,8]}}""",
        "hole")]
    [InlineData("rest", """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "belong to none")]
    [InlineData("beyond the end", """{"a":{"dtype":"U8","shape":[99],"data_offsets":[0,99]}}""", "'a'")]
    [InlineData(
        "huge offset",
        """{"a":{"dtype":"U8","shape":[8],"data_offsets":[9223372036854775799,9223372036854775807]}}""",
        "'a'")]
    [InlineData("offset past 64 bits", """{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,18446744073709551624]}}""", "'a'")]
    [InlineData("negative offset", """{"a":{"dtype":"U8","shape":[8],"data_offsets":[-8,0]}}""", "'a'")]
    [InlineData("backwards", """{"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}""", "a UInt8 [8]")]
    [InlineData("three offsets", """{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8,8]}}""", "'a'")]
    [InlineData("wrong shape", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "a Float32 [3]")]
    [InlineData(
        "shape overflow",
        """{"a":{"dtype":"U8","shape":[4294967296,4294967296,8],"data_offsets":[0,8]}}""",
        "larger than any file")]
    [InlineData(
        "length overflow",
        """{"a":{"dtype":"F64","shape":[2305843009213693953],"data_offsets":[0,8]}}""",
        "larger than any file")]
    [InlineData("negative shape", """{"a":{"dtype":"U8","shape":[-2,-4],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("fraction", """{"a":{"dtype":"U8","shape":[8.5],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("float8", """{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", "F8_E4M3, which is not supported")]
    [InlineData(
        "duplicate",
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""",
        "twice")]
    [InlineData("duplicate dtype", """{"a":{"dtype":"U8","dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "'dtype'")]
    [InlineData("duplicate metadata", """{"__metadata__":{},"__metadata__":{}}""", "twice")]
    [InlineData("metadata of numbers", """{"__metadata__":{"a":1}}""", "__metadata__ 'a'")]
    [InlineData("no shape", """{"a":{"dtype":"U8","data_offsets":[0,8]}}""", "lacks")]
    [InlineData("array", "[]", "JSON object")]
    [InlineData("empty", "", "JSON")]
    [InlineData("unfinished", """{"a":{"dtype":""", "JSON")]
    [InlineData("two values", "{} {}", "JSON")]
    [InlineData("half a surrogate", """{"\ud800":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "JSON")]
    public void BadHeader_IsRefusedAndSaysWhy(string name, string header, string reason) =>
        Assert.Contains(reason, Hostile.Refused(folder.Write($"{name}.safetensors", Safetensors.Bytes(header, 8))).Message);

    [Theory]
    [InlineData(2_147_483_648UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(33UL)]
    public void HeaderLengthBeyondTheFile_IsRefused(ulong length)
    {
        var bytes = new byte[40];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.Contains($"{length} bytes", Hostile.Refused(folder.Write("long.safetensors", bytes)).Message);
    }

    [Fact]
    public void CutAnywhere_IsRefused()
    {
        var bytes = Safetensors.Bytes(Safetensors.TwoTensors, 24);
        for (var length = 0; length < bytes.Length; length++)
            Hostile.Refused(folder.Write("cut.safetensors", bytes[..length]));
    }

    [Fact]
    public void DeepNesting_IsRefused() =>
        Hostile.Refused(folder.Write("deep.safetensors", Safetensors.Bytes("""{"a":""" + new string('[', 1_000_000), 8)));

    [Fact]
    public void ShortenedAfterOpening_IsAnErrorAndNotACrash()
    {
        var path = folder.Write("good.safetensors", Safetensors.Bytes(Safetensors.TwoTensors, 24));
        using var file = SafetensorsFile.Open(path);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(stream.Length - 1);
        Assert.Contains("ends at byte", Assert.Throws<CheckpointException>(() => file.ReadAll("b")).Message);
    }

    [Fact]
    public void MissingFile_IsNamed() =>
        Assert.Contains("no such file", Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder["none"])).Message);
}
