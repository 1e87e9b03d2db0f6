using Grpc.Core;
using Grpc.Net.Client;
using Polly;
using Polly.Retry;

namespace RdmCloud.VectorStore.Milvus.Client;

/// <summary>A channel to Milvus, on which calls that fail for the moment are made again.</summary>
sealed class MilvusConnection : IDisposable
{
    const int MaxMessageBytes = 256 << 20; // what the server sends at the most

    // Not ready, unavailable, request limit, rate limit, not loaded (yet), not fully loaded, no replica or channel (yet).
    static readonly HashSet<int> transientCodes = [1, 2, 4, 8, 101, 103, 202, 400, 503, 2200];

    static readonly HashSet<StatusCode> finalStatuses =
    [
        StatusCode.DeadlineExceeded, StatusCode.PermissionDenied, StatusCode.Unauthenticated, StatusCode.InvalidArgument,
        StatusCode.AlreadyExists, StatusCode.ResourceExhausted, StatusCode.Unimplemented, StatusCode.Cancelled,
    ];

    readonly MilvusOptions options;
    readonly GrpcChannel channel;
    readonly MilvusService.MilvusServiceClient service;
    readonly Metadata headers = [];
    readonly ResiliencePipeline again;

    public MilvusConnection(MilvusOptions options)
    {
        this.options = options;
        channel = GrpcChannel.ForAddress(options.Address!, new()
        {
            MaxReceiveMessageSize = MaxMessageBytes,
            HttpHandler = new SocketsHttpHandler
            {
                KeepAlivePingDelay = TimeSpan.FromSeconds(10),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
                EnableMultipleHttp2Connections = true,
            },
        });
        service = new(channel);
        if (options.Token is { } token)
            headers.Add("authorization", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(token)));
        if (options.Database is { } database)
            headers.Add("dbname", database);
        again = new ResiliencePipelineBuilder()
            .AddTimeout(options.Patience)
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<MilvusException>(exception => exception.IsTransient),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromSeconds(3),
            }).Build();
    }

    /// <exception cref="MilvusException">
    /// Milvus refuses, or has been out of reach for <see cref="MilvusOptions.Patience"/>.
    /// </exception>
    public async Task<T> CallAsync<T>(Func<MilvusService.MilvusServiceClient, CallOptions, AsyncUnaryCall<T>> call,
        Func<T, Status> statusOf, CancellationToken cancellationToken)
    {
        MilvusException? last = null;
        try
        {
            return await again.ExecuteAsync(async token =>
            {
                try
                {
                    return await CallOnceAsync(call, statusOf, token);
                }
                catch (MilvusException exception)
                {
                    last = exception;
                    throw;
                }
            }, cancellationToken);
        }
        catch (Polly.Timeout.TimeoutRejectedException exception)
        {
            throw last ?? new MilvusException(
                $"Milvus at {options.Address} did not answer within {options.Patience}.", true, exception);
        }
    }

    public Task CallAsync(Func<MilvusService.MilvusServiceClient, CallOptions, AsyncUnaryCall<Status>> call,
        CancellationToken cancellationToken) => CallAsync(call, status => status, cancellationToken);

    public void Dispose() => channel.Dispose();

    async Task<T> CallOnceAsync<T>(Func<MilvusService.MilvusServiceClient, CallOptions, AsyncUnaryCall<T>> call,
        Func<T, Status> statusOf, CancellationToken cancellationToken)
    {
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + options.Timeout;
            using var running = call(service, new(headers, deadline, cancellationToken));
            var answer = await running.ResponseAsync;
            var status = statusOf(answer);
            return status is { Code: 0, ErrorCode: 0 } ? answer : throw new MilvusException(
                $"Milvus: {status.Reason} (code {status.Code})", status.Retriable || transientCodes.Contains(status.Code));
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception)
        {
            throw new MilvusException($"Milvus at {options.Address}: {exception.Status.Detail} ({exception.StatusCode})",
                !finalStatuses.Contains(exception.StatusCode), exception);
        }
    }
}
