using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

public class ClipExport_Tests
{
    [Fact]
    public async Task WriteAsync_AnEncoder_LeavesItsPartsUnderTheTowersNames()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var image = new ClipImageConfig { EmbedDim = 16, ImageResolution = 32, Layers = [1, 1, 1, 1], Width = 8 };
        var config = new BertTextConfig
        {
            EmbedDim = 16,
            ContextLength = 8,
            VocabSize = 20,
            Width = 12,
            Heads = 2,
            Layers = 1,
            IntermediateSize = 24,
            ProjectionSize = 14,
            Positions = 8,
        };
        folder.Write("text/vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
        var network = new ClipNetwork(image, config);
        var tower = new BertTextTower(config);
        Initialization.Fill(network, 1);
        Initialization.Fill(tower, 2);
        var vocabulary = Path.Combine(folder.Path, "text", "vocab.txt");
        var text = new TextEncoder(tower, config, WordPieceTokenizer.Load(Path.GetDirectoryName(vocabulary)!, 8), vocabulary);
        var export = TrainedParts.ExportOf(folder.Path);

        await ClipExport.WriteAsync(export, network.ImageTower, text, network.Projection, CancellationToken.None);

        var (files, parts) = TrainedParts.Open(folder.Path);
        Assert.Equal(export, files);
        using var images = SafetensorsFile.Open(Path.Combine(export, parts.Image!.File));
        using var texts = SafetensorsFile.Open(Path.Combine(export, parts.Text!.File));
        Assert.Equal(
            network.ImageTower.state_dict().Keys.Where(name => !name.EndsWith("num_batches_tracked")).Order(),
            images.Tensors.Keys.Order());
        Assert.Contains("bn1.running_mean", images.Tensors.Keys);
        Assert.Equal(tower.state_dict().Keys.Order(), texts.Tensors.Keys.Order());
        Assert.All(images.Tensors.Values.Concat(texts.Tensors.Values), tensor => Assert.Equal(ElementType.Float16, tensor.Type));
        using var projection = texts.Load("proj.2.weight");
        Assert.Equal(
            network.Projection.state_dict()["2.weight"].to(ScalarType.Float16).data<Half>().ToArray(),
            projection.data<Half>().ToArray());
        Assert.Equal((32, 14), (parts.Image.Config.ImageResolution, parts.Text.Bert!.ProjectionSize));
        Assert.Equal(
            await ModelDirectory.HashAsync(Path.Combine(export, ClipExport.ImageTower), CancellationToken.None),
            parts.Image.Sha256);
        Assert.True(File.Exists(Path.Combine(export, Assert.Single(parts.Text.TokenizerFiles))));
    }
}
