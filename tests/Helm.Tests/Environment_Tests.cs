using k8s.Models;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

/// <summary>What the chart sets is what the services read.</summary>
public class Environment_Tests
{
    static readonly string[] secrets =
    [
        "Bus__RabbitMq", "Database__PostgreSql", "ObjectStore__S3__AccessKey", "ObjectStore__S3__SecretKey",
        "Remote__Token", "Access__AdminKey", "Milvus__Token",
    ];

    public static TheoryData<string> Scenarios => Chart.AllScenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Setting_IsOneThatTheServiceReads_WithAValueThatItTakes(string scenario)
    {
        foreach (var pod in Chart.Rendered(scenario).Deployments.Select(deployment => deployment.Spec.Template))
            foreach (var variable in pod.Container().Env.Where(variable => !Settings.OfFrameworks.Contains(variable.Name)))
            {
                var property = Settings.Find(pod.Component(), variable.Name);
                Assert.True(property is not null, $"{pod.Component()} does not read {variable.Name}");
                Assert.True(variable.Value is null || property.Takes(variable.Value), $"{variable.Name}: '{variable.Value}'");
            }
    }

    [Theory]
    [InlineData("gateway", "Access__AdminKeys")]
    [InlineData("gateway", "Acces__AdminKey")]
    [InlineData("gateway", "Access")]
    [InlineData("gateway", "ObjectStore__S3")]
    [InlineData("webhooks", "ObjectStore__S3__Endpoint")]
    [InlineData("storage", "Models__Folders__0")]
    [InlineData("sampling", "Milvus__Address")]
    public void SettingThatAServiceDoesNotRead_IsSeen(string service, string variable) =>
        Assert.Null(Settings.Find(service, variable));

    [Theory]
    [InlineData("sampling", "Bus__StopTimeout", "00:10:01")]
    [InlineData("sampling", "Sampling__Slots", "0")]
    [InlineData("retrieval", "Milvus__Timeout", "01:00:00")]
    public void ValueThatAServiceRefuses_IsSeen(string service, string variable, string value) =>
        Assert.False(Settings.Find(service, variable)!.Takes(value));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Secrets_ComeFromASecret(string scenario)
    {
        foreach (var variable in Chart.Rendered(scenario).Pods.SelectMany(pod => pod.Container().Env))
            if (secrets.Contains(variable.Name) || variable.Name.EndsWith("_PASS", StringComparison.Ordinal)
                || variable.Name.EndsWith("PASSWORD", StringComparison.Ordinal))
                Assert.True(variable is { Value: null, ValueFrom.SecretKeyRef: not null }, $"{variable.Name} is in plain sight");
            else
                Assert.DoesNotContain("snapshot1", variable.Value); // a password of the bundled dependencies
    }

    [Fact]
    public void MadeSecret_HoldsAllThatIsAskedOfIt()
    {
        foreach (var scenario in (string[])["bundled", "everything"])
        {
            var manifests = Chart.Rendered(scenario);
            var made = Assert.Single(manifests.Of<V1Secret>());
            var asked = manifests.Pods.SelectMany(pod => pod.Container().Env).Select(variable => variable.ValueFrom?.SecretKeyRef)
                .OfType<V1SecretKeySelector>().Where(key => key.Optional is not true).ToList();
            Assert.All(asked, key => Assert.Equal(made.Metadata.Name, key.Name));
            Assert.Subset(made.StringData.Keys.ToHashSet(), asked.Select(key => key.Key).ToHashSet());
            Assert.True(made.StringData["admin-key"].Length >= 24); // Access:AdminKey
        }
    }
}
