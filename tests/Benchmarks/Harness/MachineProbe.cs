using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace RdmCloud.Benchmarks.Harness;

/// <summary>What the machine can do at this moment: the best of many short tries.</summary>
/// <param name="Gigaflops">Fused multiply-adds on registers, float32, two operations each.</param>
/// <param name="GigabytesPerSecond">Reading memory that no cache holds.</param>
sealed record MachineProbe(int Threads, double Gigaflops, double GigabytesPerSecond)
{
    const int Tries = 24;
    static readonly float[] memory = Filled(64 << 20); // 256 MB

    public static MachineProbe Take(int threads)
    {
        const int multiplications = 2_000_000;
        var flop = 2.0 * multiplications * 12 * Vector<float>.Count * threads;
        var bytes = (double)memory.Length / threads * threads * sizeof(float);
        return new(
            threads, flop / Best(threads, _ => Multiply(multiplications)) / 1e9,
            bytes / Best(threads, thread => Read(thread, threads, 1)) / 1e9);
    }

    /// <summary>Whether a measurement between the two would say more about the neighbors than about the work.</summary>
    public bool DiffersFrom(MachineProbe other, out double percent)
    {
        percent = 100 * Math.Max(Distance(Gigaflops, other.Gigaflops), Distance(GigabytesPerSecond, other.GigabytesPerSecond));
        return percent > 10;

        static double Distance(double a, double b) => Math.Abs(a - b) / Math.Max(a, b);
    }

    public override string ToString() =>
        $"{Gigaflops:f0} GFLOP/s and {GigabytesPerSecond:f1} GB/s on {Threads} thread{(Threads == 1 ? "" : "s")}";

    /// <summary>Reads so many bytes and does no more with them than to add them up.</summary>
    public static void ReadMemory(double bytes, int threads)
    {
        for (var rest = bytes; rest > 0; rest -= (double)memory.Length * sizeof(float))
        {
            var share = Math.Min(1, rest / memory.Length / sizeof(float));
            if (threads == 1)
                Read(0, 1, share);
            else
                Parallel.For(0, threads, thread => Read(thread, threads, share));
        }
    }

    // Memory that was never written is one page of zeros, which every cache holds.
    static float[] Filled(int length)
    {
        var values = new float[length];
        Array.Fill(values, 1);
        return values;
    }

    static double Best(int threads, Action<int> work) => Enumerable.Range(0, Tries).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        if (threads == 1)
            work(0);
        else
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    static float Read(int thread, int threads, double share)
    {
        var length = memory.Length / threads;
        return TensorPrimitives.Sum<float>(memory.AsSpan(thread * length, (int)(length * share)));
    }

    // Twelve independent chains hide the latency of a multiply-add.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static float Multiply(int count)
    {
        Vector<float> m = new(0.999f), s = new(0.001f);
        Vector<float> a = s, b = a + s, c = b + s, d = c + s, e = d + s, f = e + s;
        Vector<float> g = f + s, h = g + s, i = h + s, j = i + s, k = j + s, l = k + s;
        for (var n = 0; n < count; n++)
        {
            a = Vector.FusedMultiplyAdd(a, m, s);
            b = Vector.FusedMultiplyAdd(b, m, s);
            c = Vector.FusedMultiplyAdd(c, m, s);
            d = Vector.FusedMultiplyAdd(d, m, s);
            e = Vector.FusedMultiplyAdd(e, m, s);
            f = Vector.FusedMultiplyAdd(f, m, s);
            g = Vector.FusedMultiplyAdd(g, m, s);
            h = Vector.FusedMultiplyAdd(h, m, s);
            i = Vector.FusedMultiplyAdd(i, m, s);
            j = Vector.FusedMultiplyAdd(j, m, s);
            k = Vector.FusedMultiplyAdd(k, m, s);
            l = Vector.FusedMultiplyAdd(l, m, s);
        }
        return Vector.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
