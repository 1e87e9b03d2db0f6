using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

public class ClipExport_Tests
{
    [Fact]
    public void Write_AnEncoder_LeavesItsPartsUnderTheTowersNames()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var image = new ClipImageConfig { EmbedDim = 16, ImageResolution = 32, Layers = [1, 1, 1, 1], Width = 8 };
        var text = new BertTextConfig
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
        var network = new ClipNetwork(image, text);
        var tower = new BertTextTower(text);
        Initialization.Fill(network, 1);
        Initialization.Fill(tower, 2);

        ClipExport.Write(folder.Path, network.ImageTower, tower, text, network.Projection, 3.5);

        using var images = SafetensorsFile.Open(Path.Combine(folder.Path, ClipExport.ImageTower));
        using var texts = SafetensorsFile.Open(Path.Combine(folder.Path, ClipExport.TextTower));
        Assert.Equal(network.ImageTower.state_dict().Keys.Where(name => !name.EndsWith("num_batches_tracked")).Order(), images.Tensors.Keys.Order());
        Assert.Contains("bn1.running_mean", images.Tensors.Keys);
        Assert.Equal(tower.state_dict().Keys.Order(), texts.Tensors.Keys.Order());
        Assert.All(images.Tensors.Values.Concat(texts.Tensors.Values), tensor => Assert.Equal(ElementType.Float16, tensor.Type));
        using var projection = texts.Load("proj.2.weight");
        Assert.Equal(network.Projection.state_dict()["2.weight"].to(ScalarType.Float16).data<Half>().ToArray(), projection.data<Half>().ToArray());
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, ClipExport.Config)))!;
        Assert.Equal(3.5, (double)config["logit_scale"]!);
        Assert.Equal(32, (int)config["image"]!["image_resolution"]!);
        Assert.Equal(14, (int)config["text"]!["projection_size"]!);
    }
}
