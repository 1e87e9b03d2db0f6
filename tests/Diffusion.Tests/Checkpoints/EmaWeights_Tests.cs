namespace RdmCloud.Diffusion.Checkpoints;

public class EmaWeights_Tests
{
    static readonly string[] parameters = ["input_blocks.0.0.weight", "out.2.bias"];
    static readonly string[] averaged = ["model_ema.diffusion_modelinput_blocks00weight", "model_ema.diffusion_modelout2bias"];

    [Fact]
    public void AllCopiesThere_AreChosen()
    {
        var selection = EmaWeights.Select([.. averaged, "model_ema.decay"], parameters);
        Assert.True(selection.IsEma);
        Assert.Null(selection.Warning);
        Assert.Equal(averaged, parameters.Select(name => selection.Names[name]));
    }

    [Fact]
    public void NoCopies_GiveRawWeightsAndAWarning()
    {
        var selection = EmaWeights.Select([], parameters);
        Assert.False(selection.IsEma);
        Assert.Contains("holds no EMA weights", selection.Warning);
        Assert.Equal(["model.diffusion_model.input_blocks.0.0.weight", "model.diffusion_model.out.2.bias"],
            parameters.Select(name => selection.Names[name]));
    }

    [Fact]
    public void OneCopyMissing_IsNamed() =>
        Assert.Contains(
            $"1 of its 2 EMA weights are missing, {averaged[1]}", EmaWeights.Select(averaged[..1], parameters).Warning);

    [Fact]
    public void NamesThatFlattenAlike_AreNotTrusted() =>
        Assert.Contains("ambiguous", EmaWeights.Select(["model_ema.diffusion_modela10"], ["a.1.0", "a.10"]).Warning);
}
