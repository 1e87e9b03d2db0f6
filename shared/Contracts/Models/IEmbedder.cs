using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Models;

/// <summary>CLIP on request, for look-ups that draw nothing.</summary>
public interface IEmbedder
{
    /// <exception cref="RefusedException">The model is unknown or cannot read this query.</exception>
    Task<EmbeddedQuery> EmbedAsync(string model, GenerationQuery query, CancellationToken cancellationToken);
}
