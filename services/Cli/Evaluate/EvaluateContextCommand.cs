using System.CommandLine;
using RdmCloud.Training.Evaluation;

namespace RdmCloud.Cli.Evaluate;

sealed class EvaluateContextCommand : EvaluateCommand
{
    readonly Option<string?> classifier = ClassifierOption.Create();

    public EvaluateContextCommand()
        : base("context", "Compare few neighbors with many, and the query's own token as it is, moved and left out.",
            60, "in each row",
            "rdm evaluate context --classifier runs/judge -o reports/context") => Add(classifier);

    protected override (int, Func<SamplePainter, IEvaluationReport>) Prepare(ParseResult line, Subject subject)
    {
        var styles = ClassifierOption.Open(
            line.GetValue(classifier)!, [subject.Judge.Features, subject.Photographs], subject.Databases);
        var sweep = new ContextSweep(subject.Model, subject.Databases, subject.Judge, styles, subject.Settings);
        return (sweep.Pictures, sweep.Run);
    }
}
