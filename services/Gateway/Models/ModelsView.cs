using RdmCloud.Contracts.Models;

namespace RdmCloud.Gateway.Models;

public sealed record ModelsView(IReadOnlyList<ModelDescription> Items);
