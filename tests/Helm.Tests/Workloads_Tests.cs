using k8s.Models;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

/// <summary>What is true of every pod, in every scenario.</summary>
public class Workloads_Tests
{
    static readonly TimeSpan hostReserve = TimeSpan.FromSeconds(30); // ServiceDefaults/Bus/BusRegistration

    public static TheoryData<string> Scenarios => Chart.AllScenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Services_AreAllThereWithProbesOnTheirHealthRoutes(string scenario)
    {
        var pods = Chart.Rendered(scenario).Deployments.ToDictionary(deployment => deployment.Spec.Template.Component());
        Assert.Equal(Settings.Services, pods.Keys.Order(StringComparer.Ordinal));
        Assert.All(pods.Values, deployment =>
        {
            var container = deployment.Spec.Template.Container();
            Assert.Equal(8080, container.Ports.Single(port => port.Name == "http").ContainerPort);
            Assert.Equal("/health/live", container.StartupProbe.HttpGet.Path);
            Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.All((V1Probe[])[container.StartupProbe, container.LivenessProbe, container.ReadinessProbe],
                probe => Assert.Equal("http", probe.HttpGet.Port.Value));
        });
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Pods_SayWhatTheyNeed_AndAreCheckedAtEachTime(string scenario) => Assert.All(Chart.Rendered(scenario).Pods, pod =>
    {
        var container = pod.Container();
        Assert.Subset(container.Resources.Requests.Keys.ToHashSet(), new HashSet<string> { "cpu", "memory" });
        Assert.Contains("memory", container.Resources.Limits.Keys);
        Assert.True(container is { StartupProbe: not null, LivenessProbe: not null, ReadinessProbe: not null });
    });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Images_ArePinned(string scenario) =>
        Assert.All(Chart.Rendered(scenario).Pods, pod => Assert.Matches(@"^[^:]+:(?!latest$)[\w.-]+$", pod.Container().Image));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Pods_MayDoNoMoreThanTheyMust(string scenario)
    {
        var manifests = Chart.Rendered(scenario);
        Assert.All(manifests.Pods, pod =>
        {
            Assert.False(pod.Spec.AutomountServiceAccountToken);
            Assert.Contains(manifests.Of<V1ServiceAccount>(), account => account.Metadata.Name == pod.Spec.ServiceAccountName);
            Assert.True(pod.Spec.SecurityContext.RunAsNonRoot);
            Assert.True(pod.Spec.SecurityContext.RunAsUser > 0);
            Assert.Equal("RuntimeDefault", pod.Spec.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.Container().SecurityContext.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], pod.Container().SecurityContext.Capabilities.Drop);
        });
        Assert.All(manifests.Deployments,
            service => Assert.True(service.Spec.Template.Container().SecurityContext.ReadOnlyRootFilesystem));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Selectors_ChooseThePodsTheyAreFor(string scenario)
    {
        var manifests = Chart.Rendered(scenario);
        var pods = manifests.Pods.Select(pod => pod.Metadata.Labels).ToList();
        Assert.All(manifests.Deployments,
            deployment => Assert.True(deployment.Spec.Selector.Selects(deployment.Spec.Template.Metadata.Labels)));
        Assert.All(manifests.Of<V1StatefulSet>(),
            set => Assert.True(set.Spec.Selector.Selects(set.Spec.Template.Metadata.Labels)));
        Assert.All(manifests.Of<V1Service>(), service =>
            Assert.Single(pods, labels => new V1LabelSelector { MatchLabels = service.Spec.Selector }.Selects(labels)));
        Assert.All(manifests.Of<V1PodDisruptionBudget>(), budget => Assert.Single(pods, budget.Spec.Selector.Selects));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Budgets_LetOnePodGo_SoThatNodesCanBeDrained(string scenario)
    {
        var budgets = Chart.Rendered(scenario).Of<V1PodDisruptionBudget>().ToList();
        Assert.Equal(Settings.Services.Count(), budgets.Count);
        Assert.All(budgets, budget =>
            Assert.Equal(("1", null), (budget.Spec.MaxUnavailable?.Value, budget.Spec.MinAvailable?.Value)));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void GracePeriod_IsLongerThanAServiceTakesToStop(string scenario)
    {
        foreach (var pod in Chart.Rendered(scenario).Deployments.Select(deployment => deployment.Spec.Template))
        {
            var seconds = pod.Container().Lifecycle?.PreStop.Exec.Command is ["sleep", var pause] ? int.Parse(pause) : 0;
            Assert.Equal(pod.Component() is "gateway" or "embedding" or "retrieval" or "webhooks", seconds > 0);
            var drain = TimeSpan.Parse(pod.Container().Env.Single(variable => variable.Name == "Bus__StopTimeout").Value);
            var grace = TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds!.Value);
            Assert.True(grace > TimeSpan.FromSeconds(seconds) + drain + hostReserve);
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Volumes_OfModelsAreReadOnly_AndTheKeysSurvive(string scenario)
    {
        var manifests = Chart.Rendered(scenario);
        Assert.All((string[])["embedding", "retrieval", "sampling"], service => Assert.True(manifests.Deployment(service)
            .Spec.Template.Container().VolumeMounts.Single(mount => mount.MountPath == "/models").ReadOnlyProperty));
        var webhooks = manifests.Deployment("webhooks").Spec;
        var keys = webhooks.Template.Spec.Volumes.Single(volume => volume.Name == "keys").PersistentVolumeClaim;
        var claim = manifests.Of<V1PersistentVolumeClaim>().Single(claim => claim.Metadata.Name == keys.ClaimName);
        Assert.Equal("keep", claim.Metadata.Annotations["helm.sh/resource-policy"]);
        Assert.Equal(claim.Spec.AccessModes is ["ReadWriteOnce"] ? "Recreate" : "RollingUpdate", webhooks.Strategy.Type);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("everything")]
    public void PodWithGpu_GetsWhatItNeeds_AndMakesRoomForItsSuccessor(string scenario)
    {
        var deployment = Chart.Rendered(scenario).Deployment("sampling");
        var pod = deployment.Spec.Template.Spec;
        var resources = pod.Containers[0].Resources;
        Assert.Equal("1", resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Equal("1", resources.Requests["nvidia.com/gpu"].ToString());
        Assert.Equal("nvidia", pod.RuntimeClassName);
        Assert.Equal("true", pod.NodeSelector["nvidia.com/gpu.present"]);
        Assert.Contains(pod.Tolerations, toleration => toleration is { Key: "nvidia.com/gpu", Effect: "NoSchedule" });
        Assert.Equal("Memory", pod.Volumes.Single(volume => volume.Name == "shared-memory").EmptyDir.Medium);
        var update = deployment.Spec.Strategy.RollingUpdate;
        Assert.Equal(("0", "1"), (update.MaxSurge.Value, update.MaxUnavailable.Value));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Sidecars_AreNeverBesideWhatDraws(string scenario)
    {
        var withSidecar = Chart.Rendered(scenario).Deployments.Select(deployment => deployment.Spec.Template)
            .Where(pod => pod.Metadata.Annotations?.ContainsKey("dapr.io/enabled") == true)
            .ToDictionary(pod => pod.Component(), pod => pod.Metadata.Annotations);
        string[] expected = scenario == "everything" ? ["embedding", "gateway", "retrieval", "webhooks"] : [];
        Assert.Equal(expected, withSidecar.Keys.Order(StringComparer.Ordinal));
        Assert.All(withSidecar, pair =>
            Assert.Equal((pair.Key, "8080"), (pair.Value["dapr.io/app-id"], pair.Value["dapr.io/app-port"])));
    }
}
