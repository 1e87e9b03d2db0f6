namespace RdmCloud.Gateway.Generations;

/// <summary>Ids sort by the time they were made.</summary>
static class Ids
{
    public static string New(string kind, TimeProvider time) => $"{kind}_{Guid.CreateVersion7(time.GetUtcNow()):N}";
}
