using System.CommandLine;

namespace RdmCloud.Cli.Evaluate;

sealed class EvaluateCommands : Command
{
    public EvaluateCommands() : base("evaluate", "Measure a model.")
    {
        Add(new EvaluateStylesCommand());
        Add(new EvaluateContextCommand());
        Add(new EvaluateQualityCommand());
    }
}
