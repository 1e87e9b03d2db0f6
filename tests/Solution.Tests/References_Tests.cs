namespace RdmCloud.Solution;

/// <summary>Who may know whom; docs/architecture.md says why.</summary>
public class References_Tests
{
    static readonly Dictionary<string, string[]> allowed = new()
    {
        ["Contracts"] = [],
        ["ServiceDefaults"] = ["Contracts"],
        ["ObjectStore"] = [],
        ["Images"] = [],
        ["VectorStore"] = ["ObjectStore"],
        ["Diffusion"] = ["Images"],
        ["Training"] = ["Diffusion", "Images", "VectorStore"],
    };

    static readonly string[] hosts = ["Standalone", "Cli"];

    [Fact]
    public void SharedLibrary_RefersToWhatItMayAlone()
    {
        foreach (var (name, project) in Repository.Projects("shared"))
            Assert.Subset(allowed[name].ToHashSet(), Repository.References(project).ToHashSet());
    }

    [Fact]
    public void Service_RefersToNoOtherService()
    {
        var services = Repository.Projects("services");
        foreach (var (name, project) in services.Where(service => !hosts.Contains(service.Key)))
            Assert.Empty(Repository.References(project).Intersect(services.Keys));
    }

    [Fact]
    public void Library_IsReferredToByNoHost()
    {
        foreach (var (_, project) in Repository.Projects("shared"))
            Assert.Empty(Repository.References(project).Intersect(hosts));
    }

    [Fact]
    public async Task Solution_HoldsEveryProject()
    {
        var solution = await File.ReadAllTextAsync(Repository.PathOf("RdmCloud.sln"), TestContext.Current.CancellationToken);
        foreach (var folder in (string[])["shared", "services", "tests"])
            foreach (var (_, project) in Repository.Projects(folder))
                Assert.Contains(Path.GetRelativePath(Repository.Root, project).Replace('/', '\\'), solution.Replace('/', '\\'));
    }
}
