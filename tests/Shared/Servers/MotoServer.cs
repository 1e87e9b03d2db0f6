namespace RdmCloud.Servers;

/// <summary>
/// An S3 in memory, for a whole assembly of tests. It starts with the first test that asks for it, on a port of its own
/// choice, and takes any credentials.
/// </summary>
public sealed class MotoServer : IAsyncDisposable
{
    const string Command = "moto_server", Announcement = "Running on ";

    readonly Lazy<TiedProcess> process = new(() => new(Announcement, Command, "-H", "127.0.0.1", "-p", "0"));

    /// <summary>Its address. Skips the test where the server is not installed.</summary>
    public async Task<Uri> StartAsync()
    {
        Assert.SkipUnless(TiedProcess.CanRun(Command), $"{Command} is not in PATH: pip install 'moto[server,s3]'");
        var line = await process.Value.ReadyAsync();
        return new(line[(line.IndexOf(Announcement, StringComparison.Ordinal) + Announcement.Length)..]);
    }

    public ValueTask DisposeAsync() => process.IsValueCreated ? process.Value.DisposeAsync() : ValueTask.CompletedTask;
}
