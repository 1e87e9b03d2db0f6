namespace RdmCloud.VectorStore.Support;

/// <summary>Reference values of the original: RDM_FIXTURES if set, else shared/fixtures beside the repository, else the repository's own copy.</summary>
static class Fixtures
{
    public static string Folder(string family)
    {
        var set = Environment.GetEnvironmentVariable("RDM_FIXTURES");
        var repository = Repository();
        string[] roots = string.IsNullOrEmpty(set)
            ? [Path.Combine(repository, "..", "shared", "fixtures"), Path.Combine(repository, "tests", "Fixtures")]
            : [set];
        var folder = roots.Select(root => Path.Combine(root, family)).FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(folder is null, $"The fixture family '{family}' is not here; set RDM_FIXTURES to the folder that holds it.");
        return folder!;
    }

    static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RdmCloud.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
