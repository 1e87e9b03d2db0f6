namespace RdmCloud.Contracts;

/// <summary>Ids sort by the time they were made.</summary>
public static class Ids
{
    /// <param name="kind">A short prefix that says what the id names, such as <c>gen</c>.</param>
    public static string New(string kind, TimeProvider time) => $"{kind}_{Guid.CreateVersion7(time.GetUtcNow()):N}";
}
