using System.Diagnostics;
using System.Xml.Linq;

namespace RdmCloud.Solution;

/// <summary>The files of the solution itself.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The projects under a folder, by name.</summary>
    public static IReadOnlyDictionary<string, string> Projects(string folder) =>
        Directory.GetFiles(PathOf(folder), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file));

    /// <summary>The names of the projects that a project refers to itself.</summary>
    public static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    /// <summary>What a command prints, and its exit code.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string command, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await error);
    }

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RdmCloud.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("There is no RdmCloud.sln above the tests.");
        return folder;
    }
}
