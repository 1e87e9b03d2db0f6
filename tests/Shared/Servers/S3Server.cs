using DotNet.Testcontainers.Containers;

namespace RdmCloud.Servers;

/// <summary>
/// An S3 for a whole assembly of tests, started by the first one that asks for it: moto's in memory, or a container of MinIO.
/// RDM_S3 is the address of one that runs already, <c>http://key:secret@host:9000</c>, whose user may create buckets.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    const string Program = "moto_server";

    static readonly ServerChoice choice = new("RDM_S3", Command.Exists(Program));

    readonly int port = LoopbackPort.Free();
    readonly Lazy<Task<ServerProcess>> process;
    readonly Lazy<Task<IContainer>> container;

    public S3Server()
    {
        process = new(() => ServerProcess.StartAsync(
            Path.GetTempPath(), [Program, "-H", "127.0.0.1", "-p", $"{port}"], AnswersAsync));
        container = new(async () =>
        {
            var minio = Containers.Of("s3", (9000, port)).WithCommand("server", "/data")
                .WithEnvironment("MINIO_ROOT_USER", AccessKey).WithEnvironment("MINIO_ROOT_PASSWORD", SecretKey).Build();
            await minio.StartAsync(AnswersAsync);
            return minio;
        });
    }

    public static bool IsInstalled => choice.Exists;

    /// <summary>Whether it is the tests' own, and goes away with all that is in it.</summary>
    public static bool IsOwn => choice.Given is null;

    public static string AccessKey => choice.Given?.UserInfo.Split(':')[0] ?? "access";

    public static string SecretKey => choice.Given?.UserInfo.Split(':')[1] ?? "secret-of-tests";

    /// <summary>Skips the test where there is none of the tests' own.</summary>
    public static void MustBeOwn()
    {
        choice.MustBeOwn();
        MustExist();
    }

    /// <summary>Its address. Skips the test where there is none.</summary>
    public async Task<Uri> StartAsync()
    {
        if (choice.Given is { } given)
            return new(given.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        MustExist();
        _ = choice.IsContainer ? (object)await container.Value : await process.Value;
        return LoopbackPort.Http(port);
    }

    /// <summary>It takes connections and does not answer, until it goes on.</summary>
    public async Task PauseAsync()
    {
        choice.MustBeOwn();
        if (choice.IsContainer)
            await (await container.Value).PauseAsync();
        else
            await (await process.Value).FreezeAsync();
    }

    public async Task GoOnAsync()
    {
        if (choice.IsContainer)
            await (await container.Value).UnpauseAsync();
        else
            (await process.Value).GoOn();
    }

    public async ValueTask DisposeAsync()
    {
        if (process.IsValueCreated)
            await (await process.Value).KillAsync();
        if (container.IsValueCreated)
            await (await container.Value).DisposeAsync();
    }

    static void MustExist()
    {
        if (!IsInstalled)
            Absent.Skip(nameof(S3Server), $"{Program} is not in PATH: pip install 'moto[server,s3]', or start a Docker engine");
    }

    Task<bool> AnswersAsync(CancellationToken cancellationToken) => Tcp.AnswersHttpAsync(port, cancellationToken);
}
