namespace RdmCloud.Diffusion.Checkpoints;

public sealed class ShardedSafetensors_Tests : IDisposable
{
    readonly ScratchFolder folder = new();

    public ShardedSafetensors_Tests()
    {
        Shard("1.safetensors", "a", 1);
        Shard("2.safetensors", "b", 2);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TwoShards_ReadLikeOneFile()
    {
        using var source = CheckpointFile.Open(Index(
            """{"metadata":{"total_size":2},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}"""));
        Assert.Equal(["a", "b"], source.Tensors.Keys);
        Assert.Equal([1], source.ReadAll("a"));
        Assert.Equal([2], source.ReadAll("b"));
        Assert.Throws<CheckpointException>(() => source.Read("c", new byte[1]));
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../1.safetensors"}}""", "../1.safetensors")]
    [InlineData("""{"weight_map":{"a":"/etc/x.safetensors"}}""", "/etc/x.safetensors")]
    [InlineData("""{"weight_map":{"a":"..\\1.safetensors"}}""", "beside the index")]
    [InlineData("""{"weight_map":{"a":"C:1.safetensors"}}""", "beside the index")]
    [InlineData("""{"weight_map":{"a":"model.bin"}}""", "model.bin")]
    [InlineData("""{"weight_map":{"a":1}}""", "beside the index")]
    [InlineData("""{"weight_map":{"a":"3.safetensors"}}""", "no such file")]
    [InlineData("""{"weight_map":{"a":"1.safetensors","b":"1.safetensors"}}""", "'b'")]
    [InlineData("""{"weight_map":{"c":"1.safetensors"}}""", "'a'")]
    [InlineData("""{"weight_map":{"a":"1.safetensors","a":"2.safetensors"}}""", "twice")]
    [InlineData("""{"weight_map":[]}""", "weight_map")]
    [InlineData("[]", "weight_map")]
    [InlineData("{", "JSON")]
    public void BadIndex_IsRefusedAndSaysWhy(string index, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => ShardedSafetensors.Open(Index(index))).Message);

    string Index(string json)
    {
        File.WriteAllText(folder["model.safetensors.index.json"], json);
        return folder["model.safetensors.index.json"];
    }

    void Shard(string file, string name, byte value) =>
        SafetensorsWriter.Write(folder[file], [new(name, ElementType.UInt8, [1])], (_, stream) => stream.WriteByte(value));
}
