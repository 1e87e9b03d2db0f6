using k8s.Models;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

public class Metrics_Tests
{
    readonly Manifests manifests = Chart.Rendered("everything");

    [Fact]
    public void Prometheus_FindsEveryService_OnAPortThatTenantsDoNotReach()
    {
        var spec = Assert.Single(manifests.Of("ServiceMonitor"))["spec"]!;
        var endpoint = Assert.Single(spec["endpoints"]!.AsArray())!;
        Assert.Equal(("metrics", "/metrics"), ((string)endpoint["port"]!, (string)endpoint["path"]!));
        var watched = spec["selector"]!["matchExpressions"]![0]!["values"]!.AsArray().Select(value => (string)value!);
        Assert.Equal(Settings.Services, watched);
        Assert.All(Settings.Services, service =>
        {
            var port = manifests.Of<V1Service>().Single(found => found.Spec.Selector["app.kubernetes.io/component"] == service)
                .Spec.Ports.Single(port => port.Name == "metrics");
            var container = manifests.Deployment(service).Spec.Template.Container()
                .Ports.Single(own => own.Name == port.TargetPort.Value);
            Assert.Equal((9464, 9464), (port.Port, container.ContainerPort));
        });
        Assert.DoesNotContain(
            manifests.Of<V1Ingress>().SelectMany(ingress => ingress.Spec.Rules).SelectMany(rule => rule.Http.Paths),
            path => path.Backend.Service.Port.Name == "metrics");
    }

    [Fact]
    public void WithoutPrometheus_NobodyReachesTheMetrics()
    {
        Assert.Empty(Chart.Rendered("bundled").Of("ServiceMonitor"));
        Assert.DoesNotContain(
            new Network(Chart.Rendered("external")).FromNamespaces,
            edge => edge.EndsWith(":9464", StringComparison.Ordinal));
    }
}
