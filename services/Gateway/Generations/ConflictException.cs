namespace RdmCloud.Gateway.Generations;

/// <summary>It cannot be done at this moment, and may be in the next.</summary>
public sealed class ConflictException(string message) : Exception(message);
