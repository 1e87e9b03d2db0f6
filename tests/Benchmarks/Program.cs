using System.Runtime.InteropServices;
using RdmCloud.Benchmarks;
using RdmCloud.Benchmarks.Harness;

var names = new List<string>();
var folders = new Dictionary<string, string>();
for (var i = 0; i < args.Length; i++)
    if (args[i] is "--model" or "--database" && i + 1 < args.Length)
        folders[args[i]] = args[++i];
    else
        names.Add(args[i]);
var (model, database) = (folders.GetValueOrDefault("--model"), folders.GetValueOrDefault("--database"));

int[] threadCounts = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
IBenchmark[] all =
[
    .. threadCounts.SelectMany(threads => new[] { 2, 8 }.Select(batch => new UNetCall(batch, threads))),
    new Overhead(),
    new SamplerSpeed(),
    new SamplerError(model),
    new ExactSearch(),
    new ClipText(),
    new ModelImport(),
    new FirstPicture(model, database),
    new NoisyNeighbor(),
];
var unknown = names.Except(all.Select(benchmark => benchmark.Name)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown[0]}'. There are: {string.Join(", ", all.Select(benchmark => benchmark.Name))}.");
    return 2;
}
Console.WriteLine($"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");
foreach (var benchmark in all.Where(benchmark => names.Count == 0 || names.Contains(benchmark.Name)))
    benchmark.Run();
return 0;
