using System.Diagnostics;

namespace RdmCloud.Benchmarks.Harness;

/// <summary>Contenders take turns, so that whatever disturbs the machine disturbs them all alike.</summary>
static class Interleaved
{
    const int WarmUpRounds = 3;
    // The runtime compiles hot methods a second time in the background.
    static readonly TimeSpan warmUpTime = TimeSpan.FromSeconds(1.5);

    public static Timing[] Measure(IReadOnlyList<Contender> contenders, int rounds)
    {
        var times = contenders.Select(_ => new List<double>()).ToArray();
        var begin = Stopwatch.GetTimestamp();
        for (var round = 0; round < WarmUpRounds || Stopwatch.GetElapsedTime(begin) < warmUpTime; round++)
            foreach (var contender in contenders)
                contender.Run();
        for (var round = 0; round < rounds; round++)
            foreach (var (contender, list) in contenders.Zip(times))
            {
                var start = Stopwatch.GetTimestamp();
                contender.Run();
                list.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        return [.. contenders.Select((contender, i) => Timing.Of(contender.Name, times[i]))];
    }
}
