using System.CommandLine;
using RdmCloud.Training.Evaluation;

namespace RdmCloud.Cli.Evaluate;

sealed class EvaluateStylesCommand : EvaluateCommand
{
    readonly Option<string?> classifier = ClassifierOption.Create();

    public EvaluateStylesCommand()
        : base("styles", "Compare a style by its database with a style by its words in the prompt: the paper's section 2.2.",
            70, "of each style and approach",
            "rdm evaluate styles --classifier runs/judge -o reports/styles",
            "rdm evaluate styles --model runs/rdm/model --classifier runs/judge -n 8 --seed 1 -o reports/quick") =>
        Add(classifier);

    protected override (int, Func<SamplePainter, IEvaluationReport>) Prepare(ParseResult line, Subject subject)
    {
        var styles = ClassifierOption.Open(
            line.GetValue(classifier)!, [subject.Judge.Features, subject.Photographs], subject.Databases);
        var comparison = new StyleComparison(subject.Model, subject.Databases, subject.Judge, styles, subject.Settings);
        return (comparison.Pictures, comparison.Run);
    }
}
