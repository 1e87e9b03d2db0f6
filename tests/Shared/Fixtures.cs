namespace RdmCloud;

/// <summary>
/// Finds the folder of a fixture family. RDM_FIXTURES goes first, then shared/fixtures beside the repository, then the
/// small families that the project keeps. A test whose family is nowhere is reported as skipped, with the family's name.
/// </summary>
public static class Fixtures
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The families that the project itself keeps.</summary>
    public static string Own { get; } = Path.Combine(Root, "tests", "Fixtures");

    /// <summary>The folder of the family, which holds all the files named.</summary>
    public static string Find(string family, params string[] files)
    {
        foreach (var place in Places())
        {
            var folder = Path.Combine(place, family);
            if (Directory.Exists(folder) && files.All(file => File.Exists(Path.Combine(folder, file))))
                return folder;
        }
        Assert.Skip($"fixture family {string.Join(", ", [family, .. files])}: set RDM_FIXTURES to the folder that holds it");
        return "";
    }

    static IEnumerable<string> Places()
    {
        if (Environment.GetEnvironmentVariable("RDM_FIXTURES") is { Length: > 0 } chosen)
            yield return Path.GetFullPath(chosen, Root);
        yield return Path.Combine(Root, "..", "shared", "fixtures");
        yield return Own;
    }

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RdmCloud.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException($"no RdmCloud.sln above {AppContext.BaseDirectory}");
    }
}
