using YamlDotNet.RepresentationModel;

namespace RdmCloud.Solution;

/// <summary>What docker-compose.yml promises, without a Docker engine.</summary>
public sealed class Compose_Tests
{
    static readonly YamlMappingNode services = Services();

    public static TheoryData<string> Names => [.. services.Children.Keys.Select(name => (string)name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Service_SaysWhenItIsHealthyAndWaitsForWhatIs(string name)
    {
        var service = (YamlMappingNode)services[name];
        Assert.True(
            service.Children.ContainsKey("build") || service.Children.ContainsKey("healthcheck"), $"{name} has no health check");
        if (service.Children.TryGetValue("depends_on", out var needed))
            foreach (var (other, condition) in (YamlMappingNode)needed)
            {
                Assert.True(services.Children.ContainsKey(other), $"{name} waits for {other}, which there is not");
                Assert.Equal("service_healthy", (string?)condition["condition"]);
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Image_IsPinnedOrOurOwn(string name)
    {
        var image = (string)services[name]["image"]!;
        var isPinned = image.Contains(':') && !image.EndsWith(":latest", StringComparison.Ordinal);
        Assert.True(image.StartsWith("rdm-cloud/", StringComparison.Ordinal) || isPinned, image);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Port_IsOpenToThisMachineAlone(string name)
    {
        if (((YamlMappingNode)services[name]).Children.TryGetValue("ports", out var ports))
            Assert.All((YamlSequenceNode)ports, port => Assert.StartsWith("127.0.0.1:", (string)port!, StringComparison.Ordinal));
    }

    static YamlMappingNode Services()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Repository.PathOf("docker-compose.yml"))));
        return (YamlMappingNode)yaml.Documents[0].RootNode["services"];
    }
}
