namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Every damaged file is refused or read, at a cost that its own size bounds.</summary>
[Trait("Category", "Fuzz")]
public sealed class CheckpointFuzz_Tests : IDisposable
{
    const int Mutations = 10_000;
    static readonly TimeSpan limit = TimeSpan.FromMinutes(10);

    readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void MutatedSafetensors_AreReadOrRefused() =>
        Fuzz("file.safetensors", Safetensors.Bytes(Safetensors.TwoTensors, 24));

    [Fact]
    public void MutatedTorchCheckpoints_AreReadOrRefused() =>
        Fuzz("file.ckpt", TorchZip.Checkpoint(Views(), new byte[12], new byte[64]));

    [Fact]
    public void MutatedPickles_AreReadOrRefused()
    {
        var pickle = Views().Op(".").ToArray();
        Fuzz("pickle.ckpt", pickle, mutant => new TorchZip().Add("model/data.pkl", mutant)
            .Add("model/data/0", new byte[12]).Add("model/data/1", new byte[64]).ToArray());
    }

    [Fact]
    public void MutatedZip64_AreReadOrRefused()
    {
        var zip = new TorchZip().Add("model/data.pkl", Views().Op(".").ToArray(), zip64: true)
            .Add("model/data/0", new byte[12], zip64: true).Add("model/data/1", new byte[64], far: true);
        Fuzz("64.ckpt", zip.ToArray(zip64: true));
    }

    [Fact]
    public void MutatedIndex_IsReadOrRefused()
    {
        SafetensorsWriter.Write(folder["1.safetensors"], [new("a", ElementType.UInt8, [1])], (_, stream) => stream.WriteByte(1));
        Fuzz("model.safetensors.index.json", """{"metadata":{"total_size":1},"weight_map":{"a":"1.safetensors"}}"""u8.ToArray());
    }

    static PickleWriter Views() => new PickleWriter().Op("}(").Text("global_step").Int(7).Text("state_dict").Tensors(
        new TorchView("a", "0", 12, 0, [12], [1]), new TorchView("b", "0", 12, 1, [3, 2], [1, 4]),
        new TorchView("c", "1", 16, 4, [2, 2, 3], [6, 1, 2], "FloatStorage"),
        new TorchView("d", "1", 16, 3, [], [], "FloatStorage")).Op("u");

    void Fuzz(string name, byte[] good, Func<byte[], byte[]>? wrap = null)
    {
        using var timeout = new CancellationTokenSource(limit);
        for (var seed = 0; seed < Mutations; seed++)
        {
            Assert.False(timeout.IsCancellationRequested, $"Only {seed} files in {limit}.");
            var mutant = Mutation.Of(good, new Random(seed));
            try
            {
                Hostile.RefusedOrBounded(folder.Write(name, wrap is null ? mutant : wrap(mutant)));
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception}");
            }
        }
    }
}
