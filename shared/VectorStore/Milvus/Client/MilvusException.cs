namespace RdmCloud.VectorStore.Milvus.Client;

/// <summary>Milvus refused a call, or could not be reached.</summary>
/// <param name="isTransient">Whether the same call may succeed later.</param>
public sealed class MilvusException(string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    public bool IsTransient => isTransient;
}
