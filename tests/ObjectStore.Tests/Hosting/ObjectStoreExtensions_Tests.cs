using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RdmCloud.ObjectStore.Folder;
using RdmCloud.ObjectStore.S3;

namespace RdmCloud.ObjectStore.Hosting;

public sealed class ObjectStoreExtensions_Tests : IDisposable
{
    static readonly (string Key, string Value)[] s3 =
        [("S3:Endpoint", "http://localhost:9000"), ("S3:AccessKey", "access"), ("S3:SecretKey", "secret")];

    readonly string root = Directory.CreateTempSubdirectory("rdm-hosting-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task WithoutS3_ObjectsAreInTheFolder()
    {
        using var host = Build(("Folder", root), ("PublicUrl", "http://localhost:5000"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var store = Assert.IsType<FolderStore>(host.Services.GetRequiredService<IObjectStore>());
        Assert.Equal(new Uri("http://localhost:5000"), store.PublicUrl);
        await store.PutAsync("a", new MemoryStream([1]), "image/png", TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(root, "objects", "a")));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void WithS3_ObjectsAreThere()
    {
        using var host = Build(s3);
        Assert.IsType<S3Store>(host.Services.GetRequiredService<IObjectStore>());
    }

    [Theory]
    [InlineData("ObjectStore:S3:Endpoint is not set", "S3:Endpoint", "")]
    [InlineData("ObjectStore:S3:AccessKey is not set", "S3:AccessKey", "")]
    [InlineData("ObjectStore:S3:SecretKey is not set", "S3:SecretKey", "")]
    [InlineData("ObjectStore:S3:Endpoint must be an address", "S3:Endpoint", "localhost:9000")]
    [InlineData("ObjectStore:S3:Endpoint must be an address", "S3:Endpoint", "http://localhost/bucket")]
    [InlineData("ObjectStore:S3:PublicEndpoint must be an address", "S3:PublicEndpoint", "files")]
    [InlineData("ObjectStore:S3:Bucket must be", "S3:Bucket", "Big Bucket")]
    [InlineData("ObjectStore:Folder is empty", "Folder", "")]
    [InlineData("ObjectStore:PublicUrl must be an address", "PublicUrl", "ftp://example.org")]
    public async Task WrongSettings_StopTheStartAndSayWhatIsWrong(string message, string key, string value)
    {
        using var host = Build([.. s3, (key, value)]);
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(message, Assert.Single(exception.Failures));
    }

    static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var (key, value) in settings)
            builder.Configuration[$"{ObjectStoreOptions.Section}:{key}"] = value;
        builder.AddObjectStore();
        builder.AddObjectStore(); // as two services in one host do
        return builder.Build();
    }
}
