using System.Text.Json.Nodes;
using RdmCloud.EndToEnd.Deployments;

namespace RdmCloud.EndToEnd;

/// <summary>What the logs tell, at their most talkative, and what they do not.</summary>
public sealed class Logs_Tests(TalkativeDeployment deployment) : IClassFixture<TalkativeDeployment>
{
    [Fact]
    public async Task WhatAStageLogs_BearsItsJobAndTenant()
    {
        using var tenant = await deployment.TenantAsync();
        var job = await tenant.DrawAsync(new { prompt = "a zebra on a unicycle", steps = 2 });
        var lines = deployment.Log.Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Contains(lines, line => line["Scopes"]!.AsArray().Any(scope => (string?)scope!["Job"] == (string)job["id"]!
            && (string?)scope["Tenant"] == tenant.Tenant));
    }

    [Fact]
    public async Task Prompt_IsInNoLine()
    {
        using var tenant = await deployment.TenantAsync();
        await tenant.DrawAsync(new { prompt = "a walrus in a teacup", negative_prompt = "a frowning lemur", steps = 2 });
        Assert.NotEmpty(deployment.Log);
        Assert.DoesNotContain(deployment.Log, line =>
            line.Contains("walrus", StringComparison.Ordinal) || line.Contains("lemur", StringComparison.Ordinal));
    }
}
