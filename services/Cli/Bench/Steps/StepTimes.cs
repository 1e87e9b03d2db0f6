using System.Text.Json;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Steps;

/// <summary>How long a worker needs for one step of so many pictures at once.</summary>
/// <param name="Source">Where the figures come from, for whoever reads what was made of them.</param>
/// <param name="Slots">Pictures that it draws at once.</param>
/// <param name="StepSeconds">By the number of pictures; what is between two of them is taken from the line through both.</param>
/// <param name="DecodeSeconds">What a picture costs beside its steps.</param>
sealed record StepTimes(string Source, int Slots, SortedDictionary<int, double> StepSeconds, double DecodeSeconds)
{
    /// <summary>Pictures a second of a worker that is full, each of so many steps.</summary>
    public double PicturesPerSecond(int steps) => Slots / (steps * Of(Slots) + Slots * DecodeSeconds);

    public double Of(int pictures)
    {
        if (StepSeconds.TryGetValue(pictures, out var known))
            return known;
        var (fewer, more) = (StepSeconds.Last(entry => entry.Key < pictures), StepSeconds.First(entry => entry.Key > pictures));
        return fewer.Value + (more.Value - fewer.Value) * (pictures - fewer.Key) / (more.Key - fewer.Key);
    }

    /// <exception cref="InvalidDataException">The file is none, or its figures cannot be.</exception>
    public static async Task<StepTimes> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        try
        {
            var times = await JsonSerializer.DeserializeAsync(file, CliJson.Indented.StepTimes, cancellationToken);
            if (times is { Slots: >= 1, StepSeconds: { Count: > 0 } table, DecodeSeconds: >= 0, Source: not null }
                && table.ContainsKey(1) && table.Keys.Last() >= times.Slots && table.Values.All(seconds => seconds > 0))
                return times;
        }
        catch (JsonException)
        {
            // Said below, with what it should be.
        }
        throw new InvalidDataException($"{path} is not a table of step times: source, slots, stepSeconds for 1 picture up to "
            + $"as many as there are slots, "
            + "and decodeSeconds, as 'rdm bench steps' writes it.");
    }
}
