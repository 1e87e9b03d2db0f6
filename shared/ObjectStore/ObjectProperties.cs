namespace RdmCloud.ObjectStore;

/// <param name="Length">In bytes.</param>
public sealed record ObjectProperties(long Length, string ContentType, DateTimeOffset LastModified);
