using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Cli.Generate;

/// <summary>Draws pictures, a few at a time, and tells how far it is in steps.</summary>
sealed class Painter(
    RdmModel model, GenerateSettings settings, Action<double, double> progress, CancellationToken cancellationToken)
{
    const int MostInBatch = 8; // a batch takes memory; a picture is the same in any batch
    readonly Retriever retriever = new(model, settings);
    double done;

    /// <summary>Every query in every style, all seeds.</summary>
    public async Task<IReadOnlyList<DrawnPicture>> DrawAsync(IReadOnlyList<Query> queries, IReadOnlyList<Style> styles)
    {
        var negative = settings.Negative is { } text ? retriever.EmbedText(text) : (ReadOnlyMemory<float>?)null;
        var total = (double)queries.Count * styles.Count * settings.Pictures * settings.Steps;
        progress(0, total);
        var drawn = new List<DrawnPicture>();
        foreach (var query in queries)
            foreach (var style in styles)
                foreach (var seeds in Seeds(query))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var found = await retriever.FindAsync(query, style, seeds[0], cancellationToken);
                    var images = model.Draw(Request(found, seeds, negative), step => Stepped(seeds.Length, total));
                    drawn.AddRange(seeds.Zip(images, (seed, image) =>
                        new DrawnPicture(query, style, seed, found.QueryEntry, found.Neighbors, image)));
                }
        return drawn;
    }

    /// <summary>Pictures of a random query have each their own neighbors and so are drawn one by one.</summary>
    IEnumerable<ulong[]> Seeds(Query query) =>
        Enumerable.Range(0, settings.Pictures).Select(i => settings.Seed + (ulong)i).Chunk(query.IsRandom ? 1 : MostInBatch);

    DrawingRequest Request(Retrieval found, ulong[] seeds, ReadOnlyMemory<float>? negative) => new()
    {
        Context = found.Context,
        Negative = negative,
        Pictures = seeds.Length,
        Seed = seeds[0],
        Sampler = settings.Sampler,
        Steps = settings.Steps,
        GuidanceScale = settings.GuidanceScale,
        Eta = settings.Eta,
        Width = settings.Width,
        Height = settings.Height,
    };

    void Stepped(int pictures, double total)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress(done += pictures, total);
    }
}
