namespace RdmCloud.ObjectStore;

/// <summary>The store cannot do what it was asked for. The message is for people: what, where, what to do.</summary>
public sealed class ObjectStoreException(string message, Exception? inner = null) : Exception(message, inner);
