using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

/// <summary>
/// A sheet to judge a network by: held-out pictures in the first column, and beside each what the network draws from its
/// name and that name's neighbors in one style's database after the other, always from the same noise.
/// </summary>
public sealed class RdmSheet : IDisposable
{
    const int NeighborCount = 8, Steps = 25;
    const double GuidanceScale = 2.5;

    readonly Autoencoder autoencoder;
    readonly IReadOnlyList<string> names, styles;
    readonly Tensor queries; // (Q, 3, S, S)
    readonly Tensor contexts; // (Q · databases, k + 1, D), of length one

    /// <param name="queryEmbeddings">Of the pictures' names (Q, D), of length one.</param>
    /// <param name="embed">(B, 3, S, S) → (B, D) of length one.</param>
    /// <param name="databases">Each style's name and pictures.</param>
    public RdmSheet(
        PictureSet pictures, IReadOnlyList<PictureChoice> queries, Tensor queryEmbeddings,
        IReadOnlyList<(string Style, PictureChoice[] Pictures)> databases, Autoencoder autoencoder, Func<Tensor, Tensor> embed)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        this.autoencoder = autoencoder;
        names = [.. queries.Select(query => pictures.Images[query.Index].Name)];
        styles = [.. databases.Select(database => database.Style)];
        this.queries = pictures.Batch(queries).MoveToOuterDisposeScope();
        var columns = databases.Select(database =>
        {
            var embeddings = cat([.. database.Pictures.Chunk(128).Select(part => embed(pictures.Batch(part)))]); // (N, D)
            var nearest = queryEmbeddings.matmul(embeddings.t()).topk(NeighborCount, 1).indexes; // (Q, k)
            var neighbors = embeddings.index_select(0, nearest.flatten()).view(queries.Count, NeighborCount, -1);
            return cat([neighbors, queryEmbeddings.unsqueeze(1)], 1);
        });
        contexts = stack(columns, 1).flatten(0, 1).MoveToOuterDisposeScope();
    }

    public void Draw(UNetModel network, NoiseSchedule schedule, RdmConfig config, string path)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var side = queries.size(2) / autoencoder.Config.Factor;
        var noise = randn([1, autoencoder.Config.EmbedDim, side, side], generator: new Generator(0));
        var count = contexts.size(0);
        var (networkDevice, decoderDevice) = (network.parameters().First().device, autoencoder.parameters().First().device);
        using var guided = new GuidedNetwork(
            network, schedule, config.Parameterization,
            [.. contexts.mul(config.EmbeddingScale).unbind(0)], null, GuidanceScale, schedule.Spread(Steps));
        var latents = Samplers.Ddim(
            guided.Predict, noise.expand(count, -1, -1, -1).contiguous().to(networkDevice), schedule, Steps);
        var drawn = autoencoder.Decode((latents / config.ScaleFactor).to(decoderDevice)).cpu()
            .view(names.Count, styles.Count, 3, queries.size(2), queries.size(3));
        SampleSheet.Write(path, cat([queries.unsqueeze(1), drawn], 1).flatten(0, 1), ["held out", .. styles], names);
    }

    public void Dispose()
    {
        queries.Dispose();
        contexts.Dispose();
    }
}
