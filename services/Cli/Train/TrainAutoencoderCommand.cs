using System.CommandLine;
using RdmCloud.Training;
using RdmCloud.Training.Autoencoders;
using RdmCloud.Training.Pictures;

namespace RdmCloud.Cli.Train;

sealed class TrainAutoencoderCommand : TrainCommand
{
    readonly Argument<string> data = TrainArguments.Data();

    public TrainAutoencoderCommand() : base("autoencoder", "Train an autoencoder: pictures to latents and back.",
        "rdm train autoencoder data/emoji --config models/configs/emoji/autoencoder.json -o runs/autoencoder")
    {
        Add(data);
        AddShared();
    }

    protected override async Task<bool> TrainAsync(ParseResult line, TrainingRun run, CancellationToken cancellationToken)
    {
        var config = Config<AutoencoderTrainingConfig>(line);
        var pictures = await PictureSet.LoadAsync(line.GetRequiredValue(data), null, cancellationToken);
        return await new AutoencoderTraining(pictures, config, run).RunAsync(cancellationToken);
    }
}
