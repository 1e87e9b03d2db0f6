namespace RdmCloud.ObjectStore;

/// <summary>A key that no object can have.</summary>
public sealed class ObjectKeyException(string message) : ArgumentException(message);
