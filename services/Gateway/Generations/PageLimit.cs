namespace RdmCloud.Gateway.Generations;

static class PageLimit
{
    const int Most = 100;

    public static int Check(int limit) =>
        limit is >= 1 and <= Most ? limit : throw new ValidationException("limit", $"It must be 1 to {Most}.");
}
