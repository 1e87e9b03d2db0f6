namespace RdmCloud.Contracts.Databases;

/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
