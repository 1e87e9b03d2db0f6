namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Files of the reference fixtures: the folder RDM_FIXTURES, or the one beside the repository.</summary>
static class FixtureFolder
{
    public static string Find(string name)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("RDM_FIXTURES") ?? Default(), name);
        Assert.SkipUnless(File.Exists(path), $"The fixture {name} is not here.");
        return path;
    }

    static string Default()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RdmCloud.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? "", "shared", "fixtures");
    }
}
