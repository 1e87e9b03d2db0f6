using k8s.Models;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

public class Ingress_Tests
{
    static readonly string[] ownRoutes = ["/internal/", "/health/", "/metrics"];

    readonly V1Ingress ingress = Chart.Rendered("external").Of<V1Ingress>().Single();

    [Fact]
    public void Ingress_LeadsToAllThatIsPublicAndNothingElse()
    {
        var paths = Assert.Single(ingress.Spec.Rules).Http.Paths.Select(path => path.Path).ToList();
        Assert.All(GatewayRoutes.All, route => Assert.Equal(
            !ownRoutes.Any(own => route.StartsWith(own, StringComparison.Ordinal)),
            paths.Any(path => route == path || route.StartsWith(path + "/", StringComparison.Ordinal))));
    }

    [Fact]
    public void Events_ArePassedOnAtOnce() =>
        Assert.Equal("off", ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/proxy-buffering"]);

    [Fact]
    public void WithoutHost_ThereIsNone() => Assert.Empty(Chart.Rendered("minimal").Of<V1Ingress>());
}
