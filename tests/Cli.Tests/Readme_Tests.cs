using System.Text.RegularExpressions;

namespace RdmCloud.Cli;

/// <summary>The README's commands, as they stand there, with the model that ships.</summary>
[Trait("Category", "EndToEnd")]
public sealed partial class Readme_Tests : IDisposable
{
    static readonly string model = Path.Combine(Fixtures.Root, "models", "preview-rdm");

    readonly string folder = Directory.CreateTempSubdirectory("rdm-readme-").FullName;

    [Fact]
    public async Task CommandsWithTheShippedModel_Succeed()
    {
        Shapes.Write(Path.Combine(folder, "photos"));
        Drawings.Write(Path.Combine(folder, "pictures"));
        RdmTest.Copy(Path.Combine(Fixtures.Root, "models", "configs"), Path.Combine(folder, "models", "configs"));
        File.Copy(Directory.GetFiles(Path.Combine(folder, "photos"), "*.png").Order().First(), Path.Combine(folder, "photo.png"));
        foreach (var command in Commands().Where(command => !NeedsADownload(command)))
        {
            var file = command is [.., ">", var name] ? name : null;
            var output = (await Rdm.RunAsync(folder, model, command[..^(file is null ? 0 : 2)])).Succeeded();
            if (file is not null)
                File.WriteAllText(Path.Combine(folder, file), output);
        }
    }

    [Fact]
    public async Task CommandsThatNeedADownload_HaveOptionsThatExist()
    {
        foreach (var command in Commands().Where(NeedsADownload))
        {
            var words = command
                .TakeWhile(word => word is "models" or "import" or "info" or "generate" or "data" or "emoji").ToArray();
            var help = (await Rdm.RunAsync(folder, model, [.. words, "--help"])).Succeeded();
            Assert.All(command.Where(word => word.StartsWith('-')), option => Assert.Contains(option, help));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static bool NeedsADownload(string[] command) =>
        command.Any(word => word.Contains("laion", StringComparison.Ordinal) || word == "emoji");

    /// <summary>The words of each line that begins with rdm, without its comment.</summary>
    static List<string[]> Commands()
    {
        var commands = File.ReadLines(Path.Combine(Fixtures.Root, "README.md"))
            .Where(line => line.StartsWith("rdm ", StringComparison.Ordinal)
                // Which the end-to-end tests run.
                && !line.StartsWith("rdm serve", StringComparison.Ordinal)
                && !line.StartsWith("rdm dlq", StringComparison.Ordinal)
                && !line.StartsWith("rdm bench load", StringComparison.Ordinal))
            .Select(line => Word().Matches(line.Split(" #")[0][4..]).Select(match => match.Value.Trim('"')).ToArray())
            .ToList();
        Assert.NotEmpty(commands);
        return commands;
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
