using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

public class BertTextTower_Tests
{
    static readonly BertTextConfig Config = new()
    {
        EmbedDim = 4,
        ContextLength = 8,
        VocabSize = 20,
        Width = 6,
        Heads = 2,
        Layers = 1,
        IntermediateSize = 12,
        ProjectionSize = 5,
        Positions = 8,
    };

    static readonly string[] Names =
    [
        "transformer.embeddings.word_embeddings.weight",
        "transformer.embeddings.position_embeddings.weight",
        "transformer.embeddings.token_type_embeddings.weight",
        .. WithBias("transformer.embeddings.LayerNorm"),
        .. WithBias("transformer.encoder.layer.0.attention.self.query"),
        .. WithBias("transformer.encoder.layer.0.attention.self.key"),
        .. WithBias("transformer.encoder.layer.0.attention.self.value"),
        .. WithBias("transformer.encoder.layer.0.attention.output.dense"),
        .. WithBias("transformer.encoder.layer.0.attention.output.LayerNorm"),
        .. WithBias("transformer.encoder.layer.0.intermediate.dense"),
        .. WithBias("transformer.encoder.layer.0.output.dense"),
        .. WithBias("transformer.encoder.layer.0.output.LayerNorm"),
        "proj.0.weight",
        "proj.2.weight",
    ];

    [Fact]
    public void StateDict_HasTheNamesOfThePublishedCheckpoints()
    {
        using var tower = new BertTextTower(Config);

        Assert.Equal(Names.Order(), tower.state_dict().Keys.Order());
    }

    [Fact]
    public void Pool_PaddedText_IsThatOfTheTextAlone()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var tower = new BertTextTower(Config);
        foreach (var parameter in tower.parameters())
            parameter.normal_(0, 0.5, new Generator(1));

        var alone = tower.Pool(tensor(new long[,] { { 2, 7, 3 } }));
        var padded = tower.Pool(tensor(new long[,] { { 2, 7, 3, 0, 0 }, { 2, 9, 11, 12, 3 } }))[0];

        Assert.True((alone[0] - padded).abs().max().item<float>() < 1e-5);
    }

    static string[] WithBias(string name) => [$"{name}.weight", $"{name}.bias"];
}
