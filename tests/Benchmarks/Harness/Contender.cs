namespace RdmCloud.Benchmarks.Harness;

/// <summary>One of several ways to do the same work.</summary>
sealed record Contender(string Name, Action Run);
