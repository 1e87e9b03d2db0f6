using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Training.Data;

namespace RdmCloud.Cli.Data;

sealed class FolderCommand : CommandWithExamples
{
    readonly Argument<string> pictures = new("pictures")
    {
        Description = "A folder of pictures; each folder in it is a style. Captions come from a metadata.jsonl (title), "
            + "else from a .txt file of the picture's name, else from its name.",
        HelpName = "PICTURES",
    };

    readonly Option<string> output = OptionOf.Output("The data set's folder.");
    readonly Option<int?> size = OptionOf.Number("--size", "Edge of the square pictures in pixels. [default: 64]", 16, 1024);
    readonly Option<string?> license = OptionOf.Text(
        "--license", "The license of the pictures that name none themselves.", "SPDX");

    public FolderCommand()
        : base("folder", "Prepare a folder of your own pictures for training.",
            "rdm data folder ~/pictures -o data/mine --size 64")
    {
        ArgumentChecks.Folder(pictures, "PICTURES");
        Add(pictures);
        foreach (var option in (IEnumerable<Option>)[output, size, license])
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var folder = line.GetRequiredValue(output);
        var dataset = new FolderDataset(
            line.GetRequiredValue(pictures), line.GetValue(license), (file, why) => Terminal.Warn($"{file}: {why}"));
        var images = await Terminal.WithProgressAsync("drawing", inBytes: false, progress => dataset.PrepareAsync(
            folder, line.GetValue(size) ?? 64,
            new InlineProgress<DatasetProgress>(state => progress(state.Done, state.Total)), cancellationToken));
        DatasetSummary.Write(folder, images);
        return 0;
    }
}
