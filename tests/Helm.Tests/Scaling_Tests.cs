using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Helm.Support;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Helm;

/// <summary>Who decides how many pods there are, and by what.</summary>
public class Scaling_Tests
{
    public static TheoryData<string> Scenarios => Chart.AllScenarios;

    public static TheoryData<string> WithKeda => ["everything", "gpu"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Replicas_AreSetExactlyWhereNoAutoscalerOwnsThem(string scenario)
    {
        var manifests = Chart.Rendered(scenario);
        var scaled = manifests.Of<V2HorizontalPodAutoscaler>().Select(scaler => scaler.Spec.ScaleTargetRef.Name)
            .Concat(manifests.Of("ScaledObject").Select(scaler => (string)scaler["spec"]!["scaleTargetRef"]!["name"]!)).ToList();
        Assert.Equal(scaled.Distinct(), scaled); // two would fight
        Assert.Subset(manifests.Deployments.Select(deployment => deployment.Metadata.Name).ToHashSet(), scaled.ToHashSet());
        Assert.All(manifests.Deployments, deployment =>
            Assert.Equal(scaled.Contains(deployment.Metadata.Name), deployment.Spec.Replicas is null));
    }

    [Fact]
    public void WithoutKeda_EveryServiceScalesOnCpu_AndNoneToZero()
    {
        var manifests = Chart.Rendered("hpa");
        Assert.Empty(manifests.Of("ScaledObject"));
        Assert.Equal(Settings.Services.Count(), manifests.Of<V2HorizontalPodAutoscaler>().Count());
        Assert.All(manifests.Of<V2HorizontalPodAutoscaler>(), scaler =>
        {
            Assert.True(scaler.Spec.MinReplicas >= 1);
            Assert.True(scaler.Spec.MaxReplicas >= scaler.Spec.MinReplicas);
            Assert.Equal("cpu", Assert.Single(scaler.Spec.Metrics).Resource.Name);
        });
    }

    [Theory]
    [MemberData(nameof(WithKeda))]
    public void Queues_AreThoseOfAllLanes_WithWhatIsBeingDrawn(string scenario)
    {
        var triggers = Triggers(scenario, "rabbitmq");
        Assert.Equal(Enum.GetValues<Lane>().Select(StageQueues.Sample), triggers.Select(trigger => Text(trigger, "queueName")));
        Assert.All(triggers, trigger => Assert.Equal(("http", "false", "QueueLength"),
            (Text(trigger, "protocol"), Text(trigger, "excludeUnacknowledged"), Text(trigger, "mode"))));
    }

    [Theory]
    [MemberData(nameof(WithKeda))]
    public void Backlog_IsAskedOfTheGateway(string scenario)
    {
        var trigger = Assert.Single(Triggers(scenario, "metrics-api"));
        var url = new Uri(Text(trigger, "url"));
        Assert.Contains(url.AbsolutePath, GatewayRoutes.All);
        var service = Chart.Rendered(scenario).Of<V1Service>().Single(service => url.Host == $"{service.Metadata.Name}.rdm.svc");
        Assert.Equal("gateway", service.Spec.Selector["app.kubernetes.io/component"]);
        Assert.Equal(url.Port, service.Spec.Ports.Single(port => port.Name == "http").Port);
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(BacklogView.Pictures)), Text(trigger, "valueLocation"));
        Assert.Equal(("apiKey", "header", InternalRoutes.TokenHeader),
            (Text(trigger, "authMode"), Text(trigger, "method"), Text(trigger, "keyParamName")));
    }

    [Theory]
    [MemberData(nameof(WithKeda))]
    public void Triggers_KnowTheirSecrets(string scenario)
    {
        var manifests = Chart.Rendered(scenario);
        var keys = manifests.Of("TriggerAuthentication").ToDictionary(json => (string)json["metadata"]!["name"]!,
            json => json["spec"]!["secretTargetRef"]!.AsArray().Single()!);
        var asked = Triggers(scenario)
            .Select(trigger => ((string)trigger["type"]!, keys[(string)trigger["authenticationRef"]!["name"]!]));
        Assert.All(asked, pair => Assert.Equal(
            pair.Item1 == "rabbitmq" ? ("host", "rabbitmq-management") : ("apiKey", "internal-token"),
            ((string)pair.Item2["parameter"]!, (string)pair.Item2["key"]!)));
        if (manifests.Of<V1Secret>().SingleOrDefault() is { } made)
            Assert.All(keys.Values, key => Assert.Contains((string)key["key"]!, made.StringData.Keys));
    }

    [Theory]
    [MemberData(nameof(WithKeda))]
    public void Sampling_ComesFromNothing_GoesSlowly_AndStaysWhenNobodyCanBeAsked(string scenario)
    {
        var spec = Assert.Single(Chart.Rendered(scenario).Of("ScaledObject"))["spec"]!;
        Assert.Equal(0, (long)spec["minReplicaCount"]!);
        Assert.Equal("currentReplicasIfHigher", (string)spec["fallback"]!["behavior"]!);
        var down = spec["advanced"]!["horizontalPodAutoscalerConfig"]!["behavior"]!["scaleDown"]!;
        Assert.True((long)down["stabilizationWindowSeconds"]! >= 300);
        Assert.Equal(("Pods", 1L), ((string)down["policies"]![0]!["type"]!, (long)down["policies"]![0]!["value"]!));
    }

    static List<JsonNode> Triggers(string scenario, string? type = null) =>
    [
        .. Chart.Rendered(scenario).Of("ScaledObject").Single()["spec"]!["triggers"]!.AsArray().Select(trigger => trigger!)
            .Where(trigger => type is null || (string)trigger["type"]! == type),
    ];

    static string Text(JsonNode trigger, string name) => (string)trigger["metadata"]![name]!;
}
