using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RdmCloud.Benchmarks.Harness;
using RdmCloud.Images;
using RdmCloud.Servers;
using RdmCloud.Standalone;

namespace RdmCloud.Benchmarks.Chain;

/// <summary>From "create a database" to the first picture in its style, with 1,000 pictures, in folders and in Milvus.</summary>
sealed class NewStyle(string model) : IBenchmark
{
    const int Pictures = 1000, Side = 256, Retrievals = 200;

    public string Name => "new-style";

    public void Run() => RunAsync().GetAwaiter().GetResult();

    async Task RunAsync()
    {
        var zip = Zip();
        await MeasureAsync("folders", null, zip);
        if (!MilvusServer.IsInstalled)
            return;
        await using var milvus = new MilvusServer();
        await MeasureAsync("Milvus", await milvus.AddressAsync(), zip);
    }

    async Task MeasureAsync(string where, Uri? milvus, byte[] zip)
    {
        using var folder = new TemporaryFolder();
        var settings = StandaloneDefaults.For(Path.GetFullPath(model), folder.File("data"), "http://127.0.0.1:0");
        settings["Quotas:RequestsPerMinute"] = $"{int.MaxValue}";
        settings["Milvus:Address"] = milvus?.ToString();
        await using var app = StandaloneHost.Build([], settings);
        await app.StartAsync();
        await StandaloneHost.ReadyAsync(app, default);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        await PostAsync(http, "/v1/generations", new { prompt = "a red heart" }); // so that everything has been used once
        var title = $"A style of {Pictures:n0} pictures of {Side} × {Side}, rows in {where}, all services in one process";
        Report.Table(title, 1, conclude => TellAsync(http, zip, where, conclude).GetAwaiter().GetResult());
        await app.StopAsync();
    }

    static async Task TellAsync(HttpClient http, byte[] zip, string where, Action<string> conclude)
    {
        var watch = Stopwatch.StartNew();
        var database = (string)(await PostAsync(http, "/v1/databases", new { name = "style" }))["id"]!;
        using var content = new ByteArrayContent(zip) { Headers = { ContentType = new("application/zip") } };
        using var accepted = await http.PostAsync($"/v1/databases/{database}/imports", content);
        var uploaded = watch.Elapsed;
        await UntilAsync(http, $"/v1/databases/{database}", answer => (long)answer["images"]! > 0);
        var usable = watch.Elapsed;
        var order = new { prompt = "a red heart", databases = new[] { new { id = database } } };
        var drawing = DrawAsync(http, order, watch);
        await UntilAsync(http, accepted.Headers.Location!.ToString(), answer => (string)answer["status"]! == "completed");
        var all = watch.Elapsed;
        var (drawn, timings) = await drawing;
        var retrievals = new List<double>();
        for (var i = 0; i < Retrievals; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await PostAsync(http, "/v1/retrievals", new { prompt = $"a thing {i % 10}", k = 20, databases = order.databases });
            retrievals.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        retrievals.Sort();
        Report.Head("uploaded s", "first usable s", "first picture s", "all usable s", "a retrieval of 20, p50 ms", "p99 ms");
        Report.Row($"{uploaded.TotalSeconds:f2}", $"{usable.TotalSeconds:f2}",
            $"{drawn.TotalSeconds:f2}", $"{all.TotalSeconds:f2}",
            $"{retrievals[Retrievals / 2]:f1}", $"{retrievals[Retrievals * 99 / 100]:f1}");
        Console.WriteLine($"\nThe first picture's stages, in ms: {timings.ToJsonString()}.");
        conclude(Report.Verdict($"{where}, first picture of the style usable", usable.TotalSeconds, 5, unit: " s"));
        conclude(Report.Verdict($"{where}, all usable", all.TotalSeconds, 60, unit: " s"));
    }

    static async Task<(TimeSpan At, JsonNode Timings)> DrawAsync(HttpClient http, object order, Stopwatch watch)
    {
        var job = await PostAsync(http, "/v1/generations", order);
        return (watch.Elapsed, job["timings"]!);
    }

    static async Task<JsonNode> PostAsync(HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body),
            Headers = { { "Prefer", "wait=60" } },
        };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException(text);
    }

    static async Task UntilAsync(HttpClient http, string path, Func<JsonNode, bool> isSo)
    {
        while (!isSo(JsonNode.Parse(await http.GetStringAsync(path))!))
            await Task.Delay(10);
    }

    /// <summary>Pictures of a few soft shapes each, all different.</summary>
    static byte[] Zip()
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < Pictures; i++)
            {
                using var entry = archive.CreateEntry($"{i}.png", CompressionLevel.NoCompression).Open();
                entry.Write(PngWriter.Encode(Picture(new Random(i))));
            }
        return zip.ToArray();
    }

    static RgbImage Picture(Random random)
    {
        var picture = new RgbImage(Side, Side);
        var (a, b, c) = (random.Next(4, 64), random.Next(4, 64), random.Next(256));
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var at = 3 * (y * Side + x);
                (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]) =
                    ((byte)(x * x / a), (byte)(y * y / b), (byte)(c + x * y / 256));
            }
        return picture;
    }
}
