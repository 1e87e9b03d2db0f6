using System.Net;
using RdmCloud.Gateway.Support;
using RdmCloud.Logs;

namespace RdmCloud.Gateway;

public sealed class ProblemResponses_Tests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("db_unreachable", "/v1/databases/db_unreachable/versions failed: Connection refused (10.1.2.3:80)")]
    [InlineData("db_slow", "/v1/databases/db_slow/versions failed: It took too long.")]
    public async Task ServiceThatDoesNotAnswer_IsAReasonToTryAgain(string database, string logged)
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = host.ClientOf("tenant-a");
        using var answer = await client.GetAsync($"/v1/databases/{database}/versions", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        var problem = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("A part of this service does not answer. Try again in a moment.", problem);
        Assert.DoesNotContain("10.1.2.3", problem);
        Assert.Single(host.Get<CapturedLogs>().Lines, line => line.Contains(logged) && !line.Contains("   at "));
    }
}
