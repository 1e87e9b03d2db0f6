namespace RdmCloud.Diffusion.Models;

public sealed class ModelDirectory_Tests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rdm-model-").FullName;

    [Fact]
    public void FolderWithoutADescription_IsRefusedWithWhatToDo() =>
        Assert.Contains("rdm models import", Assert.Throws<ModelException>(() => ModelDirectory.Open(folder)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\": null}")]
    [InlineData("{\"format\": 1, \"name\": \"x\"}")]
    public void DamagedDescription_IsRefused(string json)
    {
        File.WriteAllText(Path.Combine(folder, "model.json"), json);
        Assert.Throws<ModelException>(() => ModelDirectory.Open(folder));
    }

    [Theory]
    [InlineData("../secret.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a/b.safetensors")]
    [InlineData("")]
    public async Task PartOutsideTheFolder_IsRefused(string file)
    {
        var report = await ImportAsync();
        Assert.Throws<ModelException>(() => report.FileOf(file));
    }

    [Fact]
    public async Task ReplacedPart_IsFoundOut()
    {
        var model = await ImportAsync();
        var part = model.FileOf(model.Manifest.Network.File);
        await using (var stream = File.Open(part, FileMode.Open))
        {
            stream.Seek(-1, SeekOrigin.End);
            stream.WriteByte(0x42);
        }
        var exception = await Assert.ThrowsAsync<ModelException>(() => model.VerifyAsync(TestContext.Current.CancellationToken));
        Assert.Contains(model.Manifest.Network.File, exception.Message);
    }

    [Fact]
    public async Task SizeThatTheNetworkCannotDraw_IsRefusedWithTheMultiple()
    {
        using var model = new RdmModel(await ImportAsync());
        var request = new DrawingRequest
        {
            Context = [new float[48]],
            Sampler = Sampling.Sampler.Ddim,
            Steps = 1,
            GuidanceScale = 1,
            Width = 48,
            Height = 32,
        };
        var exception = Assert.Throws<ModelException>(() => model.Draw(request));
        Assert.Contains("multiples of 32", exception.Message);
    }

    [Fact]
    public async Task PictureOfABatch_IsThePictureDrawnAloneWithItsSeed()
    {
        using var model = new RdmModel(await ImportAsync());
        var request = new DrawingRequest
        {
            Context = [Enumerable.Range(1, 48).Select(i => (float)Math.Sin(i)).ToArray()],
            Sampler = Sampling.Sampler.DpmPlusPlus2M,
            Steps = 4,
            GuidanceScale = 3,
            Width = 64,
            Height = 64,
            Seed = 7,
        };
        var together = model.Draw(request with { Pictures = 3 });
        for (var i = 0; i < 3; i++)
        {
            var alone = Assert.Single(model.Draw(request with { Seed = request.Seed + (ulong)i }));
            Assert.InRange(alone.Pixels.Zip(together[i].Pixels, (a, b) => Math.Abs(a - b)).Max(), 0, 2);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<ModelDirectory> ImportAsync()
    {
        var pipeline = Fixtures.Find("pipeline");
        var options = new Import.ImportOptions
        {
            Checkpoint = Path.Combine(pipeline, "model.ckpt"),
            Config = Path.Combine(pipeline, "config.yaml"),
            Output = Path.Combine(folder, "model"),
        };
        return (await new Import.ModelImporter().ImportAsync(options, TestContext.Current.CancellationToken)).Model;
    }
}
