using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

/// <summary>What the chart renders is something that Kubernetes takes.</summary>
public class Snapshots_Tests
{
    public static TheoryData<string> Scenarios => Chart.AllScenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Objects_HaveTheFieldsOfTheirKindsAlone(string scenario) =>
        Assert.NotEmpty(Chart.Rendered(scenario).Deployments);

    [Fact]
    public void UnknownField_IsSeen() => Assert.ThrowsAny<YamlDotNet.Core.YamlException>(
        () => Manifests.Read(Chart.SnapshotOf("minimal").Replace("readOnlyRootFilesystem", "readonlyRootFilesystem")));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Objects_HaveNamesOfTheirOwn(string scenario)
    {
        var names = Chart.Rendered(scenario).All.Select(json => $"{json["kind"]} {json["metadata"]!["name"]}").ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void EveryScenario_HasASnapshotAndEverySnapshotAScenario()
    {
        var snapshots = Directory.GetFiles(Chart.PathOf("ci", "rendered")).Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(Chart.Scenarios, snapshots.Order(StringComparer.Ordinal));
    }
}
