using System.Runtime.InteropServices;

namespace RdmCloud.Diffusion.Engine;

/// <summary>Recognizes torch's failed allocations, which have no exception type of their own.</summary>
static class OutOfMemory
{
    static readonly string[] phrases = ["out of memory", "not enough memory", "can't allocate memory"];

    public static bool Caused(Exception exception) =>
        exception is OutOfMemoryException or ExternalException
        && phrases.Any(phrase => exception.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
