namespace RdmCloud.Gateway.Uploads;

public sealed record UploadView(string Id, DateTimeOffset ExpiresAt);
