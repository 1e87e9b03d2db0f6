using RdmCloud.Training.Autoencoders;
using RdmCloud.Training.Clip;
using RdmCloud.Training.Rdm;
using RdmCloud.Training.Styles;

namespace RdmCloud.Training;

public class ConfigFile_Tests
{
    const string Config = """{ "hidden_size": 8, "training": """
        + """{ "steps": 5, "batch_size": 2, "learning_rate": 0.1, "checkpoint_interval": "00:00:30" } }""";

    [Fact]
    public void Take_AtTheFirstStart_KeepsACopyThatLaterStartsGoBy()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.json", Config);
        var run = Path.Combine(folder.Path, "run");

        var first = ConfigFile.Take<StyleClassifierConfig>(Path.Combine(folder.Path, "mine.json"), run);
        File.Delete(Path.Combine(folder.Path, "mine.json"));

        Assert.Equal((8, TimeSpan.FromSeconds(30)), (first.HiddenSize, first.Training.CheckpointInterval));
        Assert.Equal(first, ConfigFile.Take<StyleClassifierConfig>(null, run));
    }

    [Fact]
    public void Take_WithAnotherConfiguration_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.json", Config);
        folder.Write("other.json", Config.Replace("8", "9"));
        var run = Path.Combine(folder.Path, "run");
        ConfigFile.Take<StyleClassifierConfig>(Path.Combine(folder.Path, "mine.json"), run);

        var error = Assert.Throws<TrainingException>(
            () => ConfigFile.Take<StyleClassifierConfig>(Path.Combine(folder.Path, "other.json"), run));

        Assert.Contains("Leave --config out", error.Message);
    }

    [Fact]
    public void Take_WithoutAny_NamesTheOption()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TrainingException>(() => ConfigFile.Take<StyleClassifierConfig>(null, folder.Path));
        Assert.Contains("--config", error.Message);
    }

    [Fact]
    public void Read_OfAMisspelledName_NamesIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.json", Config.Replace("steps", "stepps"));
        var error = Assert.Throws<TrainingException>(
            () => ConfigFile.Read<StyleClassifierConfig>(Path.Combine(folder.Path, "mine.json")));
        Assert.Contains("stepps", error.Message);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("emoji")]
    public void ShippedConfigurations_AreRead(string family)
    {
        var folder = Path.Combine(Fixtures.Root, "models", "configs", family);
        Assert.True(ConfigFile.Read<ClipTrainingConfig>(Path.Combine(folder, "clip.json")).Projection.Steps > 0);
        Assert.True(ConfigFile.Read<AutoencoderTrainingConfig>(Path.Combine(folder, "autoencoder.json")).Training.Muon);
        Assert.Equal(4, ConfigFile.Read<RdmTrainingConfig>(Path.Combine(folder, "rdm.json")).Defaults.K);
        Assert.True(ConfigFile.Read<StyleClassifierConfig>(Path.Combine(folder, "style-classifier.json")).HiddenSize > 0);
    }

    [Fact]
    public void JudgeOfPhotographs_IsRead() => Assert.Equal(StyleFeatures.Photographs, ConfigFile.Read<StyleClassifierConfig>(
        Path.Combine(Fixtures.Root, "models", "configs", "emoji", "style-classifier-photographs.json")).Features);

    [Fact]
    public void ConfigurationOfThePaper_IsThatOfItsPublishedModel()
    {
        var config = ConfigFile.Read<RdmTrainingConfig>(Path.Combine(Fixtures.Root, "models", "configs", "paper", "rdm.json"));
        Assert.True(config.Network.UseCheckpoint);
        Assert.True(config.Training.BFloat16);
        Assert.Equal(1240, config.Training.BatchSize * config.Training.Accumulation);
    }
}
