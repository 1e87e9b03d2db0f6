using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

public class Values_Tests
{
    static readonly JsonSchema schema = JsonSchema.FromText(File.ReadAllText(Chart.PathOf("values.schema.json")));

    public static TheoryData<string> Scenarios => Chart.AllScenarios;

    [Fact]
    public void OwnValues_FitTheSchema() => Assert.Empty(Faults(Chart.ValuesOf()));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void ValuesOfAScenario_FitTheSchema(string scenario) => Assert.Empty(Faults(Chart.ValuesOf(scenario)));

    [Theory]
    [InlineData("replica: 2")]
    [InlineData("image: { tag: latest }")]
    [InlineData("existingSecret: 5")]
    [InlineData("rabbitmq: { port: 0 }")]
    [InlineData("s3: { bucket: Pictures }")]
    [InlineData("s3: { endpoint: s3.storage:9000 }")]
    [InlineData("milvus: { peers: [{ cidr: 10.0.0.0/8 }] }")]
    [InlineData("models: { volume: { hostPath: { path: /a }, emptyDir: {} } }")]
    [InlineData("models: { folders: [/srv/models] }")]
    [InlineData("webhookKeys: { accessMode: ReadOnlyMany }")]
    [InlineData("services: { painter: {} }")]
    [InlineData("services: { gateway: { replica: 2 } }")]
    [InlineData("services: { sampling: { drainSeconds: 601 } }")]
    [InlineData("services: { sampling: { gpus: one } }")]
    [InlineData("services: { sampling: { env: { Sampling__Slots: 32 } } }")]
    [InlineData("services: { sampling: { podDisruptionBudget: { maxUnavailable: 0 } } }")]
    [InlineData("keda: { enabled: \"yes\" }")]
    [InlineData("bundled: { images: { s3: minio/minio } }")]
    [InlineData("bundled: { images: { s3: \"minio/minio:latest\" } }")]
    [InlineData("bundled: { secrets: { rabbitmqPassword: \"p@ss:word\" } }")]
    [InlineData("bundled: { secrets: { adminKey: tooshort } }")]
    public void WrongValue_IsRefused(string values) => Assert.NotEmpty(Faults(Yaml.Merge(Chart.ValuesOf(), Yaml.Parse(values))!));

    [Fact]
    public void Services_HaveTheSameKeys()
    {
        var services = Chart.ValuesOf()["services"]!.AsObject();
        Assert.Equal(Settings.Services, services.Select(service => service.Key).Order(StringComparer.Ordinal));
        var keys = services.Select(service => service.Value!.AsObject().Select(pair => pair.Key).ToArray()).ToArray();
        Assert.All(keys, own => Assert.Equal(keys[0], own));
    }

    static IEnumerable<string> Faults(JsonNode values)
    {
        var result = schema.Evaluate(JsonSerializer.SerializeToElement(values), new() { OutputFormat = OutputFormat.List });
        var faults = result.Details!
            .SelectMany(detail => (detail.Errors ?? []).Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        return result.IsValid ? [] : faults.DefaultIfEmpty("wrong");
    }
}
