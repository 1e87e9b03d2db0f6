using System.Diagnostics;

namespace RdmCloud.Benchmarks.Harness;

/// <summary>Contenders take turns, so that whatever disturbs the machine disturbs them all alike.</summary>
static class Interleaved
{
    const int WarmUp = 3;

    public static Timing[] Measure(IReadOnlyList<Contender> contenders, int rounds)
    {
        var times = contenders.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmUp; round < rounds; round++)
            for (var i = 0; i < contenders.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                contenders[i].Run();
                if (round >= 0)
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        return [.. contenders.Select((contender, i) => Timing.Of(contender.Name, times[i]))];
    }
}
