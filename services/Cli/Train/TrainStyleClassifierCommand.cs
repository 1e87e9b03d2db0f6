using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Training;
using RdmCloud.Training.Styles;

namespace RdmCloud.Cli.Train;

sealed class TrainStyleClassifierCommand : TrainCommand
{
    readonly Option<string?> model = OptionOf.Model();

    public TrainStyleClassifierCommand()
        : base("style-classifier", "Train a judge of styles on the databases of a model, for 'rdm evaluate'.",
            "rdm train style-classifier --config models/configs/emoji/style-classifier.json -o runs/judge")
    {
        Add(model);
        AddShared();
    }

    protected override Task<bool> TrainAsync(ParseResult line, TrainingRun run, CancellationToken cancellationToken)
    {
        var directory = ModelLocation.Open(line.GetValue(model));
        return new StyleClassifierTraining(directory, Config<StyleClassifierConfig>(line), run).RunAsync(cancellationToken);
    }
}
