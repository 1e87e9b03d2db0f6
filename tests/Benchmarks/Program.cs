using RdmCloud.Benchmarks;
using RdmCloud.Benchmarks.Harness;

int[] threadCounts = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
IBenchmark[] all =
[
    .. threadCounts.SelectMany(threads => new[] { 2, 8 }.Select(batch => new UNetCall(batch, threads))),
];
var unknown = args.Except(all.Select(benchmark => benchmark.Name)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown[0]}'. There are: {string.Join(", ", all.Select(benchmark => benchmark.Name))}.");
    return 2;
}
foreach (var benchmark in all.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)))
    benchmark.Run();
return 0;
