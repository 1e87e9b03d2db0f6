using System.Text.Json.Nodes;

namespace RdmCloud.Helm.Support;

/// <summary>The chart's files, and what it renders for each scenario.</summary>
static class Chart
{
    const string Ending = "-values.yaml";

    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "helm", "rdm-cloud");

    public static IEnumerable<string> Scenarios { get; } =
    [
        .. Directory.GetFiles(PathOf("ci"), $"*{Ending}")
            .Select(file => Path.GetFileName(file)[..^Ending.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>For theories over all scenarios.</summary>
    public static TheoryData<string> AllScenarios => [.. Scenarios];

    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public static string SnapshotOf(string scenario) => File.ReadAllText(PathOf("ci", "rendered", $"{scenario}.yaml"));

    public static string ValuesFileOf(string scenario) => PathOf("ci", scenario + Ending);

    /// <summary>The chart's own values with those of a scenario over them.</summary>
    public static JsonNode ValuesOf(string? scenario = null)
    {
        var own = Yaml.Parse(File.ReadAllText(PathOf("values.yaml")));
        return (scenario is null ? own : Yaml.Merge(own, Yaml.Parse(File.ReadAllText(ValuesFileOf(scenario)))))!;
    }

    public static Manifests Rendered(string scenario) => Manifests.Read(SnapshotOf(scenario));

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RdmCloud.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("There is no RdmCloud.sln above.");
        return folder;
    }
}
