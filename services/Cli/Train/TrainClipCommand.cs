using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Training;
using RdmCloud.Training.Clip;
using RdmCloud.Training.Pictures;

namespace RdmCloud.Cli.Train;

sealed class TrainClipCommand : TrainCommand
{
    readonly Argument<string> data = TrainArguments.Data();
    readonly Option<string?> text = OptionOf.Folder(
        "--text-encoder", "The text encoder that stays as it is: a BERT's folder (config.json, model.safetensors, vocab.txt) "
            + "or a model with one. [default: the model that rdm generate takes]");

    public TrainClipCommand()
        : base("clip", "Train an encoder: an image tower and a projection of a frozen text encoder, towards each other.",
            "rdm train clip data/emoji --config models/configs/emoji/clip.json -o runs/clip")
    {
        Add(data);
        Add(text);
        AddShared();
    }

    protected override async Task<bool> TrainAsync(ParseResult line, TrainingRun run, CancellationToken cancellationToken)
    {
        var config = Config<ClipTrainingConfig>(line);
        var pictures = await PictureSet.LoadAsync(line.GetRequiredValue(data), null, cancellationToken);
        var folder = line.GetValue(text) ?? ModelLocation.Open(null).Path;
        return await new ClipTraining(pictures, folder, config, run).RunAsync(cancellationToken);
    }
}
