using System.Diagnostics;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Compute;

/// <summary>
/// Chooses threads and type by some 20 ms of measuring, once at start. OpenMP's threads wait for each other at the end of every
/// operation: a thread whose core is taken by a neighbor makes a step tens of times slower,
/// while a second free core gains a third.
/// </summary>
public static class ComputeProbe
{
    const int Side = 128;
    const int Tries = 4;

    /// <summary>A core counts as free if work on all of them at once takes no longer than this times the work on one.</summary>
    const double FreeCore = 1.25;

    /// <summary>Measures with one thread, and leaves torch with the number of threads chosen.</summary>
    public static ComputeSettings Choose()
    {
        set_num_threads(1);
        var (single, half) = (Seconds(ScalarType.Float32), Seconds(ScalarType.BFloat16));
        var threads = Threads(Environment.ProcessorCount, AreFree); // the runtime counts the container's limit
        set_num_threads(threads);
        return new(threads, half < 0.8 * single ? ScalarType.BFloat16 : ScalarType.Float32);
    }

    /// <summary>One core is left to the neighbors, and to whatever starts later; all others only if they are free now.</summary>
    internal static int Threads(int cores, Func<int, bool> areFree) => cores > 2 && areFree(cores) ? cores - 1 : 1;

    static bool AreFree(int cores)
    {
        var alone = Enumerable.Range(0, Tries).Min(_ => Spin());
        var together = new double[cores];
        var threads = Enumerable.Range(0, cores).Select(i => new Thread(() => together[i] = Spin())).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return together.Max() < FreeCore * alone;
    }

    static double Spin()
    {
        var start = Stopwatch.GetTimestamp();
        Chain(1);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Each multiplication waits for the one before: about a millisecond, whatever the CPU.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static uint Chain(uint state)
    {
        for (var i = 0; i < 1_000_000; i++)
            state = state * 1664525 + 1013904223;
        return state;
    }

    static double Seconds(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var matrix = ones(Side, Side, dtype: type);
        return Enumerable.Range(0, Tries).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            matrix.matmul(matrix).Dispose();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }
}
