using System.Globalization;

namespace RdmCloud.Training;

/// <summary>The loss curve as a CSV file.</summary>
public sealed class TrainingLog(string path)
{
    const string Header = "step,loss,learning_rate,images_per_second";

    /// <summary>Drops the lines after a step: a resumed training writes them again.</summary>
    public void Rewind(long step)
    {
        var kept = File.Exists(path) ? File.ReadLines(path).Skip(1).TakeWhile(line => IsWhole(line) && StepOf(line) <= step) : [];
        File.WriteAllLines(path, [Header, .. kept.ToArray()]);
    }

    // A process that is killed may leave half a line.
    static bool IsWhole(string line) =>
        line.Count(letter => letter == ',') == Header.Count(letter => letter == ',') && line[^1] != ',';

    static long StepOf(string line) => long.Parse(line.Split(',')[0], CultureInfo.InvariantCulture);

    public void Append(TrainingProgress progress) => File.AppendAllLines(path,
        [string.Create(CultureInfo.InvariantCulture,
            $"{progress.Step},{progress.Loss:R},{progress.LearningRate:R},{progress.ImagesPerSecond:0.0}")]);
}
