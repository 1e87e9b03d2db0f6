using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Training.Data;

namespace RdmCloud.Cli.Data;

sealed class EmojiCommand : CommandWithExamples
{
    readonly Argument<string> packages = new("packages")
    {
        Description = "The folder that npm installed the emoji packages into.",
        HelpName = "PACKAGES",
    };
    readonly Option<string> output = OptionOf.Output("The data set's folder.");
    readonly Option<int?> size = OptionOf.Number("--size", "Edge of the square pictures in pixels. [default: 64]", 16, 1024);

    public EmojiCommand() : base("emoji", "Draw every emoji in every hand: the pictures that the small models are trained on.",
        "rdm data emoji packages -o data/emoji --size 64")
    {
        ArgumentChecks.Folder(packages, "PACKAGES");
        Add(packages);
        Add(output);
        Add(size);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var folder = line.GetRequiredValue(output);
        var images = await Terminal.WithProgressAsync("drawing", inBytes: false, progress => EmojiDataset.PrepareAsync(
            line.GetRequiredValue(packages), folder, line.GetValue(size) ?? 64, EmojiHands.All,
            new InlineProgress<DatasetProgress>(state => progress(state.Done, state.Total)), cancellationToken));
        DatasetSummary.Write(folder, images);
        return 0;
    }
}
