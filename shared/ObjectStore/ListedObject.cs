namespace RdmCloud.ObjectStore;

/// <param name="Length">In bytes.</param>
public sealed record ListedObject(string Key, long Length, DateTimeOffset LastModified);
