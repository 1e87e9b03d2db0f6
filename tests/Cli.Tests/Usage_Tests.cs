namespace RdmCloud.Cli;

[Trait("Category", "EndToEnd")]
public sealed class Usage_Tests(Workshop workshop) : RdmTest(workshop)
{
    [Theory]
    [InlineData("-k", "generate x -k 0")]
    [InlineData("1 to 1000", "generate x -k 1001")]
    [InlineData("-k", "generate x -k many")]
    [InlineData("1 to 64", "generate x -n 65")]
    [InlineData("-n", "generate x -n 0")]
    [InlineData("--steps", "generate x --steps 0")]
    [InlineData("--guidance", "generate x --guidance -1")]
    [InlineData("--guidance", "generate x --guidance NaN")]
    [InlineData("--guidance", "generate x --guidance Infinity")]
    [InlineData("ddim, plms, dpmpp-2m", "generate x --sampler euler")]
    [InlineData("--seed", "generate x --seed -1")]
    [InlineData("--seed", "generate x --seed 4294967296")]
    [InlineData("--model", "generate x --model nowhere")]
    [InlineData("--image", "generate --image nowhere.png")]
    [InlineData("--threads", "generate x --threads 0")]
    [InlineData("0 to 1", "generate x --eta 1.5")]
    [InlineData("--eta", "generate x --eta much")]
    [InlineData("--random", "generate")]
    [InlineData("--random", "generate x --random")]
    [InlineData("--sheet", "generate a red disc")]
    [InlineData("--bogus", "generate x --bogus")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("import, info", "models")]
    [InlineData("CKPT", "models import nowhere.ckpt -o m")]
    [InlineData("--config", "models import . --config nowhere.yaml -o m")]
    [InlineData("DIR", "models info nowhere")]
    [InlineData("-o", "databases import .")]
    [InlineData("SOURCE", "databases import nowhere -o d")]
    [InlineData("DIR", "databases info nowhere")]
    [InlineData("--image", "databases search .")]
    [InlineData("PACKAGES", "data emoji nowhere -o d")]
    [InlineData("--size", "data emoji . -o d --size 8")]
    [InlineData("load, steps, scaling", "bench")]
    [InlineData("URL", "bench load nowhere")]
    [InlineData("--rate", "bench load http://127.0.0.1 --rate 0")]
    [InlineData("--duration", "bench load http://127.0.0.1 --duration long")]
    [InlineData("20@60+30", "bench load http://127.0.0.1 --burst 20")]
    [InlineData("1 to 10 with commas", "bench load http://127.0.0.1 --pictures 1,11")]
    [InlineData("--tenant", "bench load http://127.0.0.1 --tenant Loud")]
    [InlineData("--tenant", "bench load http://127.0.0.1 --tenant loud:0")]
    [InlineData("twice", "bench load http://127.0.0.1 --tenant a --tenant a:2")]
    [InlineData("--keys", "bench load http://127.0.0.1 --keys nowhere.csv")]
    [InlineData("--trace", "bench load http://127.0.0.1 --trace nowhere.csv")]
    [InlineData("--patience", "bench load http://127.0.0.1 --patience 0")]
    [InlineData(".png", "bench load http://127.0.0.1 --chart load.pdf")]
    [InlineData("--step-times", "bench scaling --step-times nowhere.json")]
    [InlineData("--target", "bench scaling --target 0")]
    [InlineData("PODS/SECONDS", "bench scaling --scale-down 1")]
    [InlineData("--min", "bench scaling --min 3 --max 2")]
    [InlineData("1 to 1000000", "bench scaling --rate 10000 --duration 1000")]
    [InlineData("PICTURES", "data folder nowhere -o d")]
    [InlineData("clip, autoencoder, rdm, style-classifier", "train")]
    [InlineData("DATA", "train autoencoder nowhere -o d")]
    [InlineData("-o", "train autoencoder .")]
    [InlineData("--config", "train autoencoder . --config nowhere.json -o d")]
    [InlineData("cpu", "train autoencoder . -o d --device tpu")]
    [InlineData("--replicas", "train autoencoder . -o d --replicas 0")]
    [InlineData("--encoder", "train rdm . -o d --encoder nowhere")]
    [InlineData("styles, context, quality", "evaluate")]
    [InlineData("--classifier", "evaluate styles -o d")]
    [InlineData("-n", "evaluate quality -o d -n 1")]
    public async Task WrongValue_IsOneLineThatNamesIt(string named, string line)
    {
        Assert.Contains(named, (await Rdm.RunAsync(Folder, model: null, line.Split(' '))).Refused(exitCode: 2));
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData("1 to 1000", "generate x --steps 1001")]
    [InlineData("--size", "generate x --size 65x64")]
    [InlineData("--size", "generate x --size 64")]
    [InlineData("--size", "generate x --size 0x64")]
    [InlineData("--size", "generate x --size 99968x64")]
    [InlineData("--style", "generate x --style nowhere")]
    [InlineData("shapes", "generate x --style nowhere")]
    [InlineData("--style", "generate x --style ../databases/shapes/..")]
    [InlineData("--style", "generate x --style shapes:0")]
    [InlineData("--style", "generate x --style shapes:heavy")]
    [InlineData("--database", "generate x --database nowhere")]
    [InlineData("--database", "generate x --database nowhere:-2")]
    [InlineData("--eta", "generate x --eta 0.5 --sampler plms")]
    [InlineData("--pin", "generate x -k 1 --pin a --pin b")]
    [InlineData("--exclude", "generate x --pin a --exclude a")]
    [InlineData("--no-neighbors", "generate x --no-query --no-neighbors")]
    [InlineData("--no-neighbors", "generate --random --no-neighbors")]
    [InlineData("float16, float32", "databases import . -o d --dtype int8")]
    public async Task ValueThatDoesNotFitTheModel_IsOneLineThatNamesIt(string named, string line)
    {
        Assert.Contains(named, (await RunAsync(line.Split(' '))).Refused(exitCode: 2));
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData("not a model directory", "generate x --model .")]
    [InlineData("not a database", "generate x --database .")]
    [InlineData("not a database", "databases info .")]
    [InlineData("no model", "models info .")]
    [InlineData("", "models import text.txt -o m")]
    [InlineData("text.txt", "generate --image text.txt --style shapes")]
    [InlineData("zip", "databases import text.txt -o d")]
    [InlineData("npz", "databases import text.npz -o d")]
    [InlineData("no picture", "databases import . -o d")]
    [InlineData("", "data emoji . -o d")]
    [InlineData("no picture", "data folder . -o d")]
    [InlineData("--config", "train autoencoder . -o d")]
    [InlineData("text.txt is not a configuration", "train autoencoder . --config text.txt -o d")]
    public async Task FileThatIsNotWhatItShouldBe_IsOneLine(string said, string line)
    {
        File.WriteAllText(this["text.txt"], "a text");
        if (line.Contains("npz", StringComparison.Ordinal))
            File.WriteAllText(this["text.npz"], "a text");
        var refused = (await RunAsync(line.Split(' '))).Refused(exitCode: 1);
        Assert.Contains(said, refused.Replace(
            "is not a model directory: there is no", "not a model directory: no model", StringComparison.Ordinal));
        Assert.False(Directory.Exists(this["d"]));
    }

    [Theory]
    [InlineData("", "generate")]
    [InlineData("generate --help", "rdm generate \"a red heart\"")]
    [InlineData("generate -h", "--sampler <ddim|plms|dpmpp-2m>")]
    [InlineData("models import --help", "--text-encoder")]
    [InlineData("databases import --help", "metadata.jsonl")]
    [InlineData("databases search --help", "Examples:")]
    [InlineData("data emoji --help", "PACKAGES")]
    [InlineData("bench load --help", "RDM_ADMIN_KEY")]
    [InlineData("bench scaling --help", "stabilizationWindowSeconds")]
    public async Task Help_SaysWhatThereIs(string line, string expected) =>
        Assert.Contains(expected, (await Rdm.RunAsync(
            Folder, model: null, line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Succeeded());

    [Fact]
    public async Task Version_IsANumber() =>
        Assert.True(Version.TryParse((await Rdm.RunAsync(Folder, model: null, "--version")).Succeeded(), out _));
}
