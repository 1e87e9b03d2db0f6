using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A checkpoint in the layout of the published ones.</summary>
[Trait("Category", "Parity")]
public class PipelineCheckpoint_Tests
{
    readonly string path = Path.Combine(Fixtures.Find("pipeline", "model.ckpt"), "model.ckpt");

    [Fact]
    public void NamesAndShapes_AreTheOriginals()
    {
        using var file = TorchCheckpoint.Open(path);
        var keys = File.ReadAllText(Path.Combine(Fixtures.Find("pipeline", "state-dict-keys.json"), "state-dict-keys.json"));
        var expected = JsonSerializer.Deserialize<Dictionary<string, long[]>>(keys)!;
        Assert.Equal(expected.Keys.Order(), file.Tensors.Keys.Order());
        Assert.All(expected, pair => Assert.Equal(pair.Value, file.Tensors[pair.Key].Shape.AsEnumerable()));
        Assert.True(file.GlobalStep > 0);
    }

    [Fact]
    public void Betas_AreThoseOfTheConfiguration()
    {
        using var file = TorchCheckpoint.Open(path);
        var betas = MemoryMarshal.Cast<byte, float>(file.ReadAll("betas")).ToArray();
        var config = File.ReadAllText(Path.Combine(Fixtures.Find("pipeline", "config.yaml"), "config.yaml"));
        double first = Math.Sqrt(Setting(config, "linear_start")), last = Math.Sqrt(Setting(config, "linear_end"));
        Assert.Equal(Setting(config, "timesteps"), betas.Length);
        for (var i = 0; i < betas.Length; i++)
            Assert.Equal(1, betas[i] / Math.Pow(first + (last - first) * i / (betas.Length - 1), 2), 1e-6); // linear in √β
    }

    [Fact]
    public void EveryEmaWeight_IsFoundAndDiffersFromTheRawOne()
    {
        const string prefix = "model.diffusion_model.";
        using var file = TorchCheckpoint.Open(path);
        var parameters = file.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..]).ToList();
        var selection = EmaWeights.Select(file.Tensors.Keys, parameters);
        Assert.True(selection.IsEma);
        Assert.All(parameters, name => Assert.Equal(
            file.Tensors[prefix + name].Shape.AsEnumerable(),
            file.Tensors[selection.Names[name]].Shape.AsEnumerable()));
        Assert.Contains(parameters, name => !file.ReadAll(prefix + name).SequenceEqual(file.ReadAll(selection.Names[name])));
    }

    [Fact]
    public void EveryTensor_SurvivesTheWayThroughSafetensors()
    {
        using var folder = new ScratchFolder();
        using var file = TorchCheckpoint.Open(path);
        SafetensorsWriter.Write(
            folder["copy"], [.. file.Tensors.Values], (tensor, stream) => stream.Write(file.ReadAll(tensor.Name)));
        using var copy = SafetensorsFile.Open(folder["copy"]);
        Assert.All(file.Tensors.Keys, name => Assert.Equal(file.ReadAll(name), copy.ReadAll(name)));
    }

    static double Setting(string config, string name) =>
        double.Parse(Regex.Match(config, $@"\b{name}: (\S+)").Groups[1].Value, CultureInfo.InvariantCulture);
}
