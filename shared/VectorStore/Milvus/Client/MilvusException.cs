namespace RdmCloud.VectorStore.Milvus.Client;

/// <summary>Milvus refused a call, or could not be reached.</summary>
/// <param name="code">Milvus's own code; 0 where it was not reached.</param>
/// <param name="isTransient">Whether the same call may succeed later.</param>
public sealed class MilvusException(string message, int code, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    public int Code => code;

    public bool IsTransient => isTransient;
}
