using RdmCloud.Contracts.Generations;

namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>What <see cref="HttpEmbedder"/> asks.</summary>
public sealed record EmbedRequest(string Model, GenerationQuery Query);
