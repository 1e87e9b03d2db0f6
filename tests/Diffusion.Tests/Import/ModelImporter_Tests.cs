using System.Runtime.InteropServices;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Diffusion.Import;

public sealed class ModelImporter_Tests : IDisposable
{
    readonly string scratch = Directory.CreateTempSubdirectory("rdm-import-").FullName;

    string Output => Path.Combine(scratch, "model");

    string Pipeline => Fixtures.Find("pipeline");

    CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckpointWithItsConfiguration_BecomesAModelDirectoryOfAveragedWeights()
    {
        var report = await ImportAsync(Path.Combine(Pipeline, "model.ckpt"));
        await report.Model.VerifyAsync(Cancellation);
        Assert.Equal(
            ["autoencoder.safetensors", "model.json", "network.safetensors"],
            Directory.GetFiles(Output).Select(Path.GetFileName).Order());
        Assert.Equal(0.22765929, report.Model.Manifest.ScaleFactor);
        Assert.Equal(new ScheduleSettings(1000, 0.0015, 0.015), report.Model.Manifest.Schedule);

        using var checkpoint = CheckpointFile.Open(Path.Combine(Pipeline, "model.ckpt"));
        using var network = SafetensorsFile.Open(report.Model.FileOf("network.safetensors"));
        Assert.Equal(Floats(checkpoint, "model_ema.diffusion_modelout2weight"), Floats(network, "out.2.weight"));
        Assert.NotEqual(Floats(checkpoint, "model.diffusion_model.out.2.weight"), Floats(network, "out.2.weight"));
        Assert.Contains(report.Warnings, warning => warning.Contains("--clip"));
    }

    [Fact]
    public async Task CheckpointWithoutItsConfiguration_IsReadOffItsShapes()
    {
        var expected = OriginalConfig.Read(Path.Combine(Pipeline, "config.yaml"));
        var report = await ImportAsync(Path.Combine(Pipeline, "model.ckpt"), config: null);
        var network = report.Model.Manifest.Network.Config;
        Assert.Equal(expected.Network.ChannelMult, network.ChannelMult);
        Assert.Equal(expected.Network.AttentionResolutions.Order(), network.AttentionResolutions.Order());
        Assert.Equal(expected.Network.ContextDim, network.ContextDim);
        Assert.Equal(expected.Schedule.LinearEnd, report.Model.Manifest.Schedule.LinearEnd, 1e-6);
        Assert.Equal(expected.Autoencoder.Coder.ChMult, report.Model.Manifest.Autoencoder.Config.Coder.ChMult);
    }

    [Fact]
    public async Task CheckpointWithClip_GetsItsTowersAndTokenizer()
    {
        var clip = Directory.CreateDirectory(Path.Combine(scratch, "clip")).FullName;
        File.Copy(Path.Combine(Fixtures.Find("clip"), "openai-naming.safetensors"), Path.Combine(clip, "model.safetensors"));
        const string merges = "bpe_simple_vocab_16e6.txt.gz";
        File.Copy(Path.Combine(Fixtures.Find("clip-tokenizer", merges), merges), Path.Combine(clip, merges));
        var report = await ImportAsync(Path.Combine(Pipeline, "model.ckpt"), clip: clip);
        Assert.Empty(report.Warnings);
        using var model = new RdmModel(report.Model);
        Assert.Equal(model.Network.Config.ContextDim, model.EmbedText("a cat").Embedding.Length);
        Assert.True(model.EmbedText(string.Join(' ', Enumerable.Repeat("cat", 100))).Truncated);
    }

    [Fact]
    public async Task ClipOfAnotherModel_IsRefused()
    {
        var clip = Directory.CreateDirectory(Path.Combine(scratch, "clip")).FullName;
        File.Copy(
            Path.Combine(Fixtures.Find("clip-resnet"), "openai-naming.safetensors"), Path.Combine(clip, "model.safetensors"));
        const string merges = "bpe_simple_vocab_16e6.txt.gz";
        File.Copy(Path.Combine(Fixtures.Find("clip-tokenizer", merges), merges), Path.Combine(clip, merges));
        var exception = await Assert.ThrowsAsync<ModelException>(() =>
            ImportAsync(Path.Combine(Pipeline, "model.ckpt"), clip: clip));
        Assert.Contains("another model's", exception.Message);
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public async Task MissingTensor_IsNamedAndNothingIsLeft()
    {
        var damaged = Rewrite(tensors => tensors.Where(tensor => tensor.Name != "first_stage_model.decoder.conv_out.bias"));
        var exception = await Assert.ThrowsAsync<CheckpointException>(() => ImportAsync(damaged));
        Assert.Contains("decoder.conv_out.bias is missing", exception.Message);
        Assert.Empty(Directory.GetDirectories(scratch));
    }

    [Fact]
    public async Task TensorOfAnotherShape_IsNamed()
    {
        var damaged = Rewrite(tensors => tensors.Select(tensor => tensor.Name == "model_ema.diffusion_modelout2bias"
            ? tensor with { Shape = [1, .. tensor.Shape] }
            : tensor));
        var exception = await Assert.ThrowsAsync<CheckpointException>(() => ImportAsync(damaged));
        Assert.Contains("out.2.bias", exception.Message);
    }

    [Fact]
    public async Task WeightThatIsNotANumber_IsNamedAndNothingIsLeft()
    {
        var damaged = Rewrite(tensors => tensors, change: (tensor, bytes) =>
        {
            if (tensor.Name == "model_ema.diffusion_modelout2weight")
                MemoryMarshal.Cast<byte, float>(bytes)[7] = float.NaN;
        });
        var exception = await Assert.ThrowsAsync<ModelException>(() => ImportAsync(damaged));
        Assert.Contains("out.2.weight", exception.Message);
        Assert.Empty(Directory.GetDirectories(scratch));
    }

    [Fact]
    public async Task CheckpointWithoutAveragedWeights_IsImportedWithAWarning()
    {
        var raw = Rewrite(tensors => tensors.Where(tensor => !tensor.Name.StartsWith("model_ema.")));
        var report = await ImportAsync(raw);
        Assert.Contains(report.Warnings, warning => warning.Contains("raw weights"));
    }

    [Fact]
    public async Task FolderWithFiles_IsNotWrittenOver()
    {
        Directory.CreateDirectory(Output);
        await File.WriteAllTextAsync(Path.Combine(Output, "mine.txt"), "keep me", Cancellation);
        await Assert.ThrowsAsync<ModelException>(() => ImportAsync(Path.Combine(Pipeline, "model.ckpt")));
        Assert.Equal("keep me", await File.ReadAllTextAsync(Path.Combine(Output, "mine.txt"), Cancellation));
    }

    [Fact]
    public async Task ConfigurationOfSomethingElse_IsRefused()
    {
        var config = Path.Combine(scratch, "config.yaml");
        await File.WriteAllTextAsync(config, "model: [1, 2", Cancellation);
        var exception = await Assert.ThrowsAsync<ModelException>(() => new ModelImporter().ImportAsync(
            new() { Checkpoint = Path.Combine(Pipeline, "model.ckpt"), Config = config, Output = Output }, Cancellation));
        Assert.Contains("config.yaml", exception.Message);
    }

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    Task<ImportReport> ImportAsync(string checkpoint, string? config = "config.yaml", string? clip = null) =>
        new ModelImporter().ImportAsync(new()
        {
            Checkpoint = checkpoint,
            Config = config is null ? null : Path.Combine(Pipeline, config),
            Clip = clip,
            Output = Output,
        }, Cancellation);

    /// <summary>The pipeline's checkpoint as safetensors, with changes.</summary>
    string Rewrite(Func<IEnumerable<TensorInfo>, IEnumerable<TensorInfo>> select, Action<TensorInfo, Span<byte>>? change = null)
    {
        var path = Path.Combine(scratch, "changed.safetensors");
        using var checkpoint = CheckpointFile.Open(Path.Combine(Pipeline, "model.ckpt"));
        SafetensorsWriter.Write(path, [.. select(checkpoint.Tensors.Values)], (tensor, stream) =>
        {
            var bytes = new byte[tensor.ByteLength];
            checkpoint.Read(tensor.Name, bytes);
            change?.Invoke(tensor, bytes);
            stream.Write(bytes);
        });
        return path;
    }

    static float[] Floats(ITensorSource source, string name)
    {
        var values = new float[source.Tensors[name].ElementCount];
        source.Read(name, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
