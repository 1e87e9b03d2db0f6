using System.CommandLine;
using System.Text.Json;
using RdmCloud.Cli.Hosting;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.Cli.Databases;

sealed class DatabaseInfoCommand : CommandWithExamples
{
    readonly Argument<string> folder = new("folder") { Description = "The database's folder.", HelpName = "DIR" };
    readonly Option<bool> json = OptionOf.Json();

    public DatabaseInfoCommand() : base("info", "Say what a database holds.", "rdm databases info my-style")
    {
        ArgumentChecks.Folder(folder, "DIR");
        Add(folder);
        Add(json);
        SetAction(Run);
    }

    int Run(ParseResult line)
    {
        var path = line.GetRequiredValue(folder);
        using var index = EmbeddedIndex.Open(path);
        var report = DatabaseReport.Of(index, path);
        if (line.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(report, CliJson.Indented.DatabaseReport));
        else
            DatabaseSummary.Write(report);
        return 0;
    }
}
