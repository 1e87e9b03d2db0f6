namespace RdmCloud.Contracts.Databases;

public sealed record Thumbnail(byte[] Content, string ContentType);
