using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Import;

namespace RdmCloud.Cli.Models;

sealed class ImportModelCommand : CommandWithExamples
{
    readonly Argument<string> checkpoint = new("checkpoint")
    {
        Description = "The RDM: a PyTorch checkpoint (.ckpt) or safetensors with the original's names.",
        HelpName = "CKPT",
    };
    readonly Option<string?> config = OptionOf.File("--config", "The original's YAML. [default: read off the tensors' shapes]");
    readonly Option<string?> clip = OptionOf.Folder(
        "--clip", "A folder with a CLIP: its weights, config.json and tokenizer. "
            + "Without it the model reads neither prompts nor pictures.");
    readonly Option<string?> textEncoder = OptionOf.Folder(
        "--text-encoder", "A folder with a BERT, where the CLIP holds only what stands on top of it.");
    readonly Option<string> output = OptionOf.Output("A new folder for the model.");

    public ImportModelCommand() : base("import", "Make a model directory of a checkpoint and a CLIP.",
        "rdm models import model.ckpt --config config.yaml --clip clip-vit-b-32 -o models/imagenet-rdm")
    {
        ArgumentChecks.File(checkpoint, "CKPT");
        Add(checkpoint);
        foreach (var option in (IEnumerable<Option>)[config, clip, textEncoder, output])
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var options = new ImportOptions
        {
            Checkpoint = line.GetRequiredValue(checkpoint),
            Output = line.GetRequiredValue(output),
            Config = line.GetValue(config),
            Clip = line.GetValue(clip),
            TextEncoder = line.GetValue(textEncoder),
        };
        if (options is { TextEncoder: not null, Clip: null })
            throw new UsageException("--text-encoder belongs to a CLIP: give --clip too.");
        var report = await Terminal.WithProgressAsync("importing", inBytes: true, progress =>
            new ModelImporter(new InlineProgress<ImportProgress>(state => progress(state.Bytes, state.TotalBytes)))
                .ImportAsync(options, cancellationToken));
        foreach (var warning in report.Warnings)
            Terminal.Warn(warning);
        ModelSummary.Write(ModelReport.Of(report.Model));
        return 0;
    }
}
