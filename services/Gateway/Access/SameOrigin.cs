namespace RdmCloud.Gateway.Access;

/// <summary>
/// Whether a request may come from a page of another site, which a browser sends without asking the person before it.
/// </summary>
static class SameOrigin
{
    public static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] && site is "cross-site" or "same-site"
        || request.Headers.Origin is [{ } origin]
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
