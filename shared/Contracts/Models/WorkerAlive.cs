namespace RdmCloud.Contracts.Models;

/// <summary>Published by a sampling worker every few seconds from the moment it is warm.</summary>
/// <param name="Slots">Pictures that it draws at the same time.</param>
/// <param name="Leaving">It takes no more work.</param>
public sealed record WorkerAlive(string Worker, ModelDescription Model, int Slots, bool Leaving = false);
