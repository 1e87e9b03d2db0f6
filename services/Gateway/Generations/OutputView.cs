namespace RdmCloud.Gateway.Generations;

public sealed record OutputView(
    int Index, long Seed, Uri Url, Uri ThumbnailUrl, string ContentType, int Width, int Height, long Bytes, string Sha256);
