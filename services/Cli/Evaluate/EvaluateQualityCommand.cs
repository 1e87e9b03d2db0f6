using System.CommandLine;
using RdmCloud.Training.Evaluation;

namespace RdmCloud.Cli.Evaluate;

sealed class EvaluateQualityCommand()
    : EvaluateCommand("quality", "Measure the autoencoder, the encoder, and what is drawn against held-out pictures.",
        100, "in all",
        "rdm evaluate quality -o reports/quality")
{
    protected override (int, Func<SamplePainter, IEvaluationReport>) Prepare(ParseResult line, Subject subject)
    {
        var check = new QualityCheck(subject.Model, subject.Databases, subject.Judge, subject.Photographs, subject.Settings);
        return (check.Pictures, check.Run);
    }
}
