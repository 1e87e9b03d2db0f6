using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Training;
using RdmCloud.Training.Pictures;
using RdmCloud.Training.Rdm;

namespace RdmCloud.Cli.Train;

sealed class TrainRdmCommand : TrainCommand
{
    readonly Argument<string> data = TrainArguments.Data();
    readonly Option<string?> encoder = OptionOf.Folder(
        "--encoder", "The folder of a finished 'rdm train clip', or a model. [default: the model that rdm generate takes]");
    readonly Option<string?> autoencoder = OptionOf.Folder(
        "--autoencoder", "The folder of a finished 'rdm train autoencoder', or a model. [default: as --encoder]");

    public TrainRdmCommand()
        : base("rdm", "Train the network that draws, from a picture's neighbors alone; makes a model directory.",
            "rdm train rdm data/emoji --encoder runs/clip --autoencoder runs/autoencoder "
                + "--config models/configs/emoji/rdm.json -o runs/rdm",
            "rdm train rdm data/emoji --config models/configs/emoji/rdm.json -o runs/rdm --replicas 2")
    {
        Add(data);
        Add(encoder);
        Add(autoencoder);
        AddShared();
    }

    protected override async Task<bool> TrainAsync(ParseResult line, TrainingRun run, CancellationToken cancellationToken)
    {
        var config = Config<RdmTrainingConfig>(line);
        var pictures = await PictureSet.LoadAsync(line.GetRequiredValue(data), null, cancellationToken);
        var training = new RdmTraining(
            pictures, line.GetValue(encoder) ?? ModelLocation.Open(null).Path,
            line.GetValue(autoencoder) ?? ModelLocation.Open(null).Path, config, run);
        if (!await training.RunAsync(cancellationToken))
            return false;
        run.Messages.Report(
            $"the model is {training.ModelPath}; give it databases with: "
            + $"rdm databases import DATA/HAND --model {training.ModelPath} -o {training.ModelPath}/databases/HAND");
        return true;
    }
}
