using System.Runtime.InteropServices;
using RdmCloud.Benchmarks;
using RdmCloud.Benchmarks.Chain;
using RdmCloud.Benchmarks.Harness;

var names = args.TakeWhile(argument => argument != "--model").ToArray();
var model = args.SkipWhile(argument => argument != "--model").ElementAtOrDefault(1);

int[] threadCounts = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
IBenchmark[] all =
[
    .. threadCounts.SelectMany(threads => new[] { 2, 8 }.Select(batch => new UNetCall(batch, threads))),
    .. threadCounts.SelectMany(threads => new[] { 2, 8 }.Select(batch => new ScriptCall(batch, threads))),
    new Overhead(),
    new SamplerSpeed(),
    new SamplerError(model),
    new ExactSearch(),
    new MilvusSearch(),
    new ClipText(),
    new ModelImport(),
    new FirstPicture(model),
    new DatabaseExchange(model ?? Path.Combine("models", "preview-rdm")),
    new NoisyNeighbor(),
    new ContinuousBatching(model ?? Path.Combine("models", "preview-rdm")),
    new ChainCost(model ?? Path.Combine("models", "preview-rdm")),
    new NewStyle(model ?? Path.Combine("models", "preview-rdm")),
];
var unknown = names.Except(all.Select(benchmark => benchmark.Name)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine(
        $"There is no benchmark '{unknown[0]}'. There are: {string.Join(", ", all.Select(benchmark => benchmark.Name))}.");
    return 2;
}
Console.WriteLine(
    $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {RuntimeInformation.OSDescription}, "
    + $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");
var failures = 0;
foreach (var benchmark in all.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Name)))
    try
    {
        benchmark.Run();
    }
    catch (Exception exception) // what it has put on disk has been removed by now
    {
        Console.Error.WriteLine($"{benchmark.Name} failed: {exception.Message}");
        failures++;
    }
return failures == 0 ? 0 : 1;
