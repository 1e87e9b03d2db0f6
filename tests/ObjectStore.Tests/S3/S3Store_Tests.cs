using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Minio.DataModel.Args;
using Minio.DataModel.ILM;
using RdmCloud.ObjectStore.Support;
using RdmCloud.Servers;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace RdmCloud.ObjectStore.S3;

public sealed class S3Store_Tests(S3Server server) : S3Contract(S3Server.AccessKey, S3Server.SecretKey)
{
    protected override bool IsForeign => !S3Server.IsOwn;

    protected override Task<Uri> StartAsync() => server.StartAsync();

    [Fact]
    public async Task Link_IsSignedForThePublicEndpoint()
    {
        Options.PublicEndpoint = new("https://objects.example.org");
        using var store = new S3Store(Options, TimeProvider.System, NullLogger<S3Store>.Instance);
        await store.PutAsync("a/b.png", [1]); // through the other endpoint
        var link = await store.LinkAsync("a/b.png", TimeSpan.FromMinutes(10), "rotes \"Herz\" & 心.png");
        Assert.StartsWith($"https://objects.example.org/{Options.Bucket}/a/b.png?", link.AbsoluteUri);
        var query = QueryHelpers.ParseQuery(link.Query);
        Assert.Equal("600", query["X-Amz-Expires"]);
        var disposition = ContentDispositionHeaderValue.Parse(query["response-content-disposition"]!);
        Assert.Equal("rotes \"Herz\" & 心.png", disposition.FileNameStar);
        Assert.Equal(SignatureV4.Of(link, Options.SecretKey), query["X-Amz-Signature"]);
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
        var theirs = new LifecycleRule
        {
            ID = "theirs", Filter = new() { Prefix = "logs/" }, Expiration = new() { Days = 30 }, Status = "Enabled",
        };
        await client.SetBucketLifecycleAsync(
            new SetBucketLifecycleArgs().WithBucket(Options.Bucket).WithLifecycleConfiguration(new([theirs])), Cancellation);
        await Store.EnsureReadyAsync(Cancellation);
        Assert.Equal("theirs", Assert.Single(await RulesAsync()).ID);
    }

    [Fact]
    public async Task UploadOfAProcessThatDied_IsRemovedAtAStartADayLater()
    {
        await BeginUploadAsync("a");
        Assert.True(await LeavesRemainsAsync());
        using var store = new S3Store(
            Options, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(25)), NullLogger<S3Store>.Instance);
        await store.EnsureReadyAsync(Cancellation);
        Assert.False(await LeavesRemainsAsync());
    }

    [Fact]
    public async Task MissingBucket_IsReportedAtStartAndLater()
    {
        var options = new S3Options
        {
            Endpoint = Options.Endpoint, AccessKey = Options.AccessKey, SecretKey = Options.SecretKey, Bucket = "absent-bucket",
        };
        using var store = new S3Store(options, TimeProvider.System, NullLogger<S3Store>.Instance);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.EnsureReadyAsync(Cancellation));
        Assert.Contains("has no bucket 'absent-bucket'", error.Message);
        Assert.Contains("ObjectStore:S3:CreateBucket", error.Message);
        Assert.Contains("NoSuchBucket", (await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("a", [1]))).Message);
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.OpenAsync("a", Cancellation));
    }

    /// <summary>As a process that dies before it has sent the first part.</summary>
    async Task BeginUploadAsync(string key)
    {
        var link = await Store.LinkAsync(key, TimeSpan.FromMinutes(1));
        using var http = new HttpClient();
        using var begun = await http.PostAsync(
            SignatureV4.Sign(link, Options.SecretKey, new Dictionary<string, string> { ["uploads"] = "" }, "POST"), null,
            Cancellation);
        begun.EnsureSuccessStatusCode();
    }

    async Task<IEnumerable<LifecycleRule>> RulesAsync()
    {
        using var client = Client();
        var arguments = new GetBucketLifecycleArgs().WithBucket(Options.Bucket);
        return (await client.GetBucketLifecycleAsync(arguments, Cancellation)).Rules;
    }
}
