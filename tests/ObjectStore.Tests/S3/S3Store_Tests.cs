using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Minio;
using Minio.DataModel.Args;
using Minio.DataModel.ILM;
using RdmCloud.ObjectStore.Support;
using RdmCloud.Servers;

[assembly: AssemblyFixture(typeof(MotoServer))]

namespace RdmCloud.ObjectStore.S3;

public sealed class S3Store_Tests(MotoServer moto) : ObjectStoreContract
{
    readonly S3Options options = new() { AccessKey = "access", SecretKey = "secret", Bucket = $"bucket-{Guid.NewGuid():N}", CreateBucket = true };
    S3Store? s3;

    protected override async Task<IObjectStore> CreateAsync()
    {
        options.Endpoint = await moto.StartAsync();
        return s3 = new(options, TimeProvider.System, NullLogger<S3Store>.Instance);
    }

    public override ValueTask DisposeAsync()
    {
        s3?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<bool> LeavesRemainsAsync()
    {
        using var http = new HttpClient();
        return (await http.GetStringAsync(new Uri(options.Endpoint, $"{options.Bucket}?uploads"), Cancellation)).Contains("<Upload>");
    }

    [Fact]
    public async Task Link_IsSignedForThePublicEndpoint()
    {
        options.PublicEndpoint = new("https://objects.example.org");
        using var store = new S3Store(options, TimeProvider.System, NullLogger<S3Store>.Instance);
        await store.PutAsync("a/b.png", [1]); // through the other endpoint
        var link = await store.LinkAsync("a/b.png", TimeSpan.FromMinutes(10), "rotes \"Herz\" & 心.png");
        Assert.StartsWith($"https://objects.example.org/{options.Bucket}/a/b.png?", link.AbsoluteUri);
        var query = QueryHelpers.ParseQuery(link.Query);
        Assert.Equal("600", query["X-Amz-Expires"]);
        Assert.Equal("rotes \"Herz\" & 心.png", ContentDispositionHeaderValue.Parse(query["response-content-disposition"]!).FileNameStar);
        Assert.Equal(SignatureV4.Of(link, options.SecretKey), query["X-Amz-Signature"]);
    }

    [Fact]
    public async Task Start_MakesTransitExpire()
    {
        await Store.EnsureReadyAsync(Cancellation); // once more
        var rule = Assert.Single(await RulesAsync());
        Assert.Equal(ObjectKey.Transit, rule.Filter.Prefix);
        Assert.Equal(1, rule.Expiration.Days);
        Assert.Equal("Enabled", rule.Status);
    }

    [Fact]
    public async Task Start_LeavesTheRulesOfOthersAlone()
    {
        using var client = Client();
        await client.SetBucketLifecycleAsync(new SetBucketLifecycleArgs().WithBucket(options.Bucket).WithLifecycleConfiguration(new([new()
        {
            ID = "theirs", Filter = new() { Prefix = "logs/" }, Expiration = new() { Days = 30 }, Status = "Enabled",
        }])), Cancellation);
        await Store.EnsureReadyAsync(Cancellation);
        Assert.Equal("theirs", Assert.Single(await RulesAsync()).ID);
    }

    [Fact]
    public async Task MissingBucket_IsReportedAtStartAndLater()
    {
        options.Bucket = "absent-bucket";
        options.CreateBucket = false;
        using var store = new S3Store(options, TimeProvider.System, NullLogger<S3Store>.Instance);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.EnsureReadyAsync(Cancellation));
        Assert.Contains("has no bucket 'absent-bucket'", error.Message);
        Assert.Contains("ObjectStore:S3:CreateBucket", error.Message);
        Assert.Contains("NoSuchBucket", (await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("a", [1]))).Message);
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.OpenAsync("a", Cancellation));
    }

    async Task<IEnumerable<LifecycleRule>> RulesAsync()
    {
        using var client = Client();
        return (await client.GetBucketLifecycleAsync(new GetBucketLifecycleArgs().WithBucket(options.Bucket), Cancellation)).Rules;
    }

    IMinioClient Client() => new MinioClient().WithEndpoint(options.Endpoint.Authority).WithSSL(false)
        .WithCredentials(options.AccessKey, options.SecretKey).WithRegion(options.Region).Build();
}
