using System.Text.Json.Nodes;
using k8s.Models;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

/// <summary>The bundled dependencies are those of the compose file.</summary>
public class Bundled_Tests
{
    readonly JsonNode compose = Yaml.Parse(File.ReadAllText(Path.Combine(Chart.Root, "docker-compose.yml")))!["services"]!;

    [Theory]
    [InlineData("rabbitmq", "rabbitmq")]
    [InlineData("postgresql", "postgres")]
    [InlineData("s3", "s3")]
    [InlineData("milvus", "milvus")]
    public void Image_IsTheSame(string bundled, string name) =>
        Assert.Equal((string)compose[name]!["image"]!, (string)Chart.ValuesOf()["bundled"]!["images"]![bundled]!);

    [Fact]
    public void ConfigurationOfMilvus_IsTheSame() => Assert.Equal(
        File.ReadAllText(Path.Combine(Chart.Root, "infra", "milvus", "embedEtcd.yaml")),
        File.ReadAllText(Chart.PathOf("files", "embedEtcd.yaml")));

    [Fact]
    public void WithoutThem_NothingStatefulIsMade()
    {
        var manifests = Chart.Rendered("minimal");
        Assert.Empty(manifests.Of<V1StatefulSet>());
        Assert.Empty(manifests.Of<V1Secret>());
    }
}
