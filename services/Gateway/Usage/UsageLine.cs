namespace RdmCloud.Gateway.Usage;

/// <param name="Key">The API key's id; null for what needed none.</param>
/// <param name="Images">Of completed jobs; what failed is not charged.</param>
/// <param name="Steps">Images × steps.</param>
/// <param name="Retrievals">Look-ups without drawing.</param>
public sealed record UsageLine(
    DateOnly Day, string? Key, int Jobs, long Images, long Steps, double DeviceSeconds, int Retrievals);
