using System.Text.Json.Serialization;

namespace RdmCloud.Training;

/// <summary>The choices that all trainings share; they stand in a file beside the model.</summary>
public sealed record TrainingConfig
{
    /// <summary>Updates of the weights in all.</summary>
    public required long Steps { get; init; }

    /// <summary>Images that one forward pass takes.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Forward passes whose gradients are averaged for one update.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>At the end of the warm-up; falls to zero along a cosine.</summary>
    public required double LearningRate { get; init; }

    public long WarmUpSteps { get; init; } = 200;

    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Gradients longer than this, all together, are shortened to it.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Muon instead of AdamW for the weight matrices.</summary>
    public bool Muon { get; init; }

    /// <summary>See <see cref="AverageWeights.Decay"/>.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Forward and backward run in bfloat16; weights, their averages and the optimizer stay float32.</summary>
    [JsonPropertyName("bfloat16")]
    public bool BFloat16 { get; init; }

    public int Seed { get; init; }

    /// <summary>cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>At most this much work is lost when the process is killed.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Time between two evaluations with a sample sheet.</summary>
    public TimeSpan EvaluationInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Steps after which the processes of one training go on from the mean of them all.</summary>
    public int ExchangeSteps { get; init; } = 200;

    /// <summary>Steps between two lines of the log.</summary>
    public int LogSteps { get; init; } = 20;
}
