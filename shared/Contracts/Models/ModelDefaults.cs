using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Models;

/// <param name="Database">The database that is used where a request names none.</param>
public sealed record ModelDefaults(
    SamplerKind Sampler, int Steps, double GuidanceScale, int K, int Width, int Height, string? Database);
