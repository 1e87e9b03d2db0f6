using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <summary>Embeds queries and finds their neighbors.</summary>
sealed class Retriever(RdmModel model, GenerateSettings settings)
{
    readonly Dictionary<Query, ReadOnlyMemory<float>> embedded = [];

    /// <param name="seed">Chooses the entry of a random query.</param>
    public async Task<Retrieval> FindAsync(Query query, Style style, ulong seed, CancellationToken cancellationToken)
    {
        if (query.IsRandom)
        {
            var entry = await PickAsync(style, seed, cancellationToken);
            return new(null, entry.Provenance.ImageId, await NeighborsAsync(style, entry.Embedding, cancellationToken));
        }
        var embedding = Embed(query);
        var neighbors = settings.WithNeighbors ? await NeighborsAsync(style, embedding, cancellationToken) : [];
        return new(settings.WithQuery ? embedding : (ReadOnlyMemory<float>?)null, null, neighbors);
    }

    public ReadOnlyMemory<float> EmbedText(string text)
    {
        var (embedding, truncated) = model.EmbedText(text);
        if (truncated)
            Terminal.Warn($"the prompt is longer than the model reads, and its end was cut off: \"{text}\"");
        return embedding;
    }

    ReadOnlyMemory<float> Embed(Query query)
    {
        if (!embedded.TryGetValue(query, out var embedding))
            embedded[query] = embedding = query.Prompt is { } prompt
                ? EmbedText(prompt)
                : model.EmbedImages([ImageFile.Read(query.Image!, Transparency.OnWhite)])[0];
        return embedding;
    }

    async Task<IReadOnlyList<MixedNeighbor>> NeighborsAsync(
        Style style, ReadOnlyMemory<float> query, CancellationToken cancellationToken) =>
        (await new NeighborMixer(style.Databases)
            .SearchAsync([query], settings.K, settings.Pinned, settings.Excluded, cancellationToken))[0];

    /// <summary>A database by its weight, and any row of it.</summary>
    static async Task<DatabaseRow> PickAsync(Style style, ulong seed, CancellationToken cancellationToken)
    {
        var filled = style.Databases.Where(database => database.Index.Count > 0).ToArray();
        if (filled.Length == 0)
            throw new DatabaseException("The databases are empty, so no entry can be chosen.");
        var random = new Random(unchecked((int)seed));
        var place = random.NextDouble() * filled.Sum(database => database.Weight);
        var chosen = filled.FirstOrDefault(database => (place -= database.Weight) < 0) ?? filled[^1];
        return await chosen.Index.GetAsync(random.NextInt64(chosen.Index.Count), cancellationToken);
    }
}
