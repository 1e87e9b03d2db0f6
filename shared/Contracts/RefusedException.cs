namespace RdmCloud.Contracts;

/// <summary>
/// What was asked for can never be done, and asking again would not help. The message is for people: what, where, what to do.
/// </summary>
/// <param name="path">The field of the request that is at fault, by its name in the API; null where it is none.</param>
public sealed class RefusedException(string message, string? path = null, Exception? inner = null) : Exception(message, inner)
{
    public string? Field => path;
}
