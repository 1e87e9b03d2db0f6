using RdmCloud.Servers;

namespace RdmCloud.EndToEnd.Deployments;

/// <summary>A deployment's S3: Swift where it is installed, which keeps on disk what it is given, else any other.</summary>
sealed class ObjectServer : IAsyncDisposable
{
    readonly SwiftServer swift = new();
    readonly S3Server other = new();

    public static bool IsInstalled => SwiftServer.IsInstalled || S3Server.IsInstalled && S3Server.IsOwn;

    /// <summary>Skips the test where there is none that the tests may break.</summary>
    public static void MustExist()
    {
        if (!SwiftServer.IsInstalled)
            S3Server.MustBeOwn();
    }

    /// <summary>Where it is and who may use it, as the services are told.</summary>
    public async Task<Dictionary<string, string>> SettingsAsync() => new()
    {
        ["ObjectStore__S3__Endpoint"] =
            (SwiftServer.IsInstalled ? await swift.StartAsync() : await other.StartAsync()).ToString(),
        ["ObjectStore__S3__AccessKey"] = SwiftServer.IsInstalled ? SwiftServer.AccessKey : S3Server.AccessKey,
        ["ObjectStore__S3__SecretKey"] = SwiftServer.IsInstalled ? SwiftServer.SecretKey : S3Server.SecretKey,
        ["ObjectStore__S3__CreateBucket"] = "true",
    };

    /// <summary>
    /// It dies and comes back after a while; one that would have forgotten everything by then does not answer instead.
    /// </summary>
    public async Task InterruptAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await (SwiftServer.IsInstalled ? swift.KillAsync() : other.PauseAsync());
        await Task.Delay(pause, cancellationToken);
        await (SwiftServer.IsInstalled ? swift.StartAgainAsync() : other.GoOnAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await swift.DisposeAsync();
        await other.DisposeAsync();
    }
}
