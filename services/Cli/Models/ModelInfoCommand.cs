using System.CommandLine;
using System.Text.Json;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Cli.Models;

sealed class ModelInfoCommand : CommandWithExamples
{
    readonly Argument<string> folder = new("folder") { Description = "The model's folder.", HelpName = "DIR" };
    readonly Option<bool> verify = new("--verify") { Description = "Read every part and compare it with its SHA-256." };
    readonly Option<bool> json = OptionOf.Json();

    public ModelInfoCommand() : base("info", "Say what a model is.", "rdm models info models/preview-rdm --verify")
    {
        ArgumentChecks.Folder(folder, "DIR");
        Add(folder);
        Add(verify);
        Add(json);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var model = ModelDirectory.Open(line.GetRequiredValue(folder));
        if (line.GetValue(verify))
            await model.VerifyAsync(cancellationToken);
        var report = ModelReport.Of(model) with { Verified = line.GetValue(verify) ? true : null };
        if (line.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(report, CliJson.Indented.ModelReport));
        else
            ModelSummary.Write(report);
        return 0;
    }
}
