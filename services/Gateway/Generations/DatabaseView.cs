namespace RdmCloud.Gateway.Generations;

public sealed record DatabaseView(string Id, double Weight, long Version);
