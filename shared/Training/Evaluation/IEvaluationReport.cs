using RdmCloud.Images;

namespace RdmCloud.Training.Evaluation;

/// <summary>What an evaluation found: in JSON its own fields, and for people a text and pictures.</summary>
public interface IEvaluationReport
{
    /// <summary>By the names of their files, without the ending.</summary>
    IReadOnlyDictionary<string, RgbImage> Pictures { get; }

    string ToMarkdown();
}
