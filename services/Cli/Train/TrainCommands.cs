using System.CommandLine;

namespace RdmCloud.Cli.Train;

sealed class TrainCommands : Command
{
    public TrainCommands() : base("train", "Train a model of your own, one part after the other.")
    {
        Add(new TrainClipCommand());
        Add(new TrainAutoencoderCommand());
        Add(new TrainRdmCommand());
        Add(new TrainStyleClassifierCommand());
    }
}
