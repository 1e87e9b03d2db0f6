using RdmCloud.Diffusion.Models;
using RdmCloud.VectorStore;

namespace RdmCloud.Cli.Hosting;

static class EmbeddingSpaces
{
    /// <exception cref="UsageException">The database's embeddings come from another CLIP than the model's.</exception>
    public static void Check(ModelManifest model, DatabaseInfo database)
    {
        if (model.EmbeddingSpace is { } space && space != database.EmbeddingSpace)
            throw new UsageException(
                $"The embeddings of database '{database.Name}' ({database.EmbeddingSpace}) come from another CLIP "
                + $"than that of model '{model.Name}' ({space}). Import its pictures again with --model.");
        if (model.Network.Config.ContextDim != database.Dimension)
            throw new UsageException(
                $"The embeddings of database '{database.Name}' have {database.Dimension} values; "
                + $"model '{model.Name}' looks at {model.Network.Config.ContextDim}.");
    }
}
