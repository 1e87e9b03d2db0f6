using System.Net;
using System.Reflection;
using k8s.Models;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

/// <summary>Who may speak to whom.</summary>
public class Networks_Tests
{
    static readonly string[] called = ["embedding", "retrieval", "webhooks"];

    public static TheoryData<string> Scenarios => Chart.AllScenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void WhatNoPolicyAllows_IsDenied(string scenario) =>
        Assert.True(new Network(Chart.Rendered(scenario)).IsDeniedByDefault);

    [Fact]
    public void Pods_SpeakToWhatTheyNeedAlone()
    {
        IEnumerable<string> expected =
        [
            .. called.Select(service => $"gateway > {service}:8080"),
            .. Settings.Services.Select(service => $"{service} > rabbitmq:5672"),
            .. ((string[])["gateway", "retrieval", "webhooks"]).Select(service => $"{service} > postgresql:5432"),
            .. Settings.Services.Where(service => service != "webhooks").Select(service => $"{service} > s3:9000"),
            "retrieval > milvus:19530",
        ];
        Assert.Equal(expected.Order(), new Network(Chart.Rendered("bundled")).Edges.Order());
    }

    [Fact]
    public void Sidecars_SpeakToEachOther()
    {
        string[] with = ["embedding", "gateway", "retrieval", "webhooks"];
        var sidecars = new Network(Chart.Rendered("everything")).Edges
            .Where(edge => edge.EndsWith(":50002", StringComparison.Ordinal));
        Assert.Equal(with.SelectMany(from => with.Select(to => $"{from} > {to}:50002")).Order(), sidecars.Order());
    }

    [Fact]
    public void OtherNamespaces_ReachWhatTheyAskAlone()
    {
        Assert.Empty(new Network(Chart.Rendered("bundled")).FromNamespaces);
        Assert.Equal(["ingress-nginx > gateway:8080"], new Network(Chart.Rendered("external")).FromNamespaces);
        Assert.Equal(["keda > gateway:8080"], new Network(Chart.Rendered("gpu")).FromNamespaces);
        IEnumerable<string> all =
        [
            .. Settings.Services.Select(service => $"monitoring > {service}:9464"),
            "ingress-nginx > gateway:8080", "keda > gateway:8080", "keda > rabbitmq:15672",
        ];
        Assert.Equal(all.Order(), new Network(Chart.Rendered("everything")).FromNamespaces.Order());
    }

    [Fact]
    public void DependenciesOfOthers_AreReachedWhereTheirPeersSay()
    {
        var blocks = new Network(Chart.Rendered("external")).ToBlocks.Where(block => block.Block.Except is null).ToList();
        var expected = Settings.Services.Select(service => (service, "10.20.0.0/24")).Append(("retrieval", "10.30.0.7/32"));
        Assert.Equal(expected.Order(), blocks.Select(block => (block.Component, block.Block.Cidr)).Order());
        Assert.All(blocks, block =>
            Assert.Equal(block.Block.Cidr == "10.20.0.0/24" ? "5671" : "443", Assert.Single(block.Ports)));
    }

    [Fact]
    public void DependenciesOfOthers_WithoutPeers_AreReachedOnTheirPortsAlone()
    {
        IEnumerable<string> expected =
        [
            .. Settings.Services.Select(service => $"{service}:5672"),
            "gateway:5432", "retrieval:5432", "webhooks:5432", "retrieval:19530",
            .. Settings.Services.Where(service => service != "webhooks").Select(service => $"{service}:9000"),
        ];
        Assert.Equal(expected.Order(), new Network(Chart.Rendered("minimal")).ToAnywhere.Order());
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Webhooks_ReachThePublicInternet_AsTheServiceItselfChecks(string scenario)
    {
        var blocks = new Network(Chart.Rendered(scenario)).ToBlocks.Where(block => block.Block.Except is not null).ToList();
        Assert.All(blocks, block =>
            Assert.Equal(("webhooks", "80 443 8080 8443"), (block.Component, string.Join(' ', block.Ports))));
        var policy = typeof(Webhooks.WebhooksService).Assembly.GetType("RdmCloud.Webhooks.Addresses.AddressPolicy")!;
        var forbidden = (IPNetwork[])policy.GetField("forbidden", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        foreach (var cidr in (string[])["0.0.0.0/0", "2000::/3"])
        {
            var block = IPNetwork.Parse(cidr);
            Assert.Equal(forbidden.Where(network => block.BaseAddress.AddressFamily == network.BaseAddress.AddressFamily
                    && block.Contains(network.BaseAddress)).Select(network => $"{network}").Order(),
                blocks.Single(other => other.Block.Cidr == cidr).Block.Except.Order());
        }
    }
}
