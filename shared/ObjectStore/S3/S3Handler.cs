using System.Net;
using System.Text.RegularExpressions;
using Polly;
using Polly.Retry;

namespace RdmCloud.ObjectStore.S3;

/// <summary>
/// Tries a request up to three times where the failure may pass, and turns what fails for good into a message for people, both
/// below the client: it sends parts of an upload one by one from memory, so that only the part that failed is sent again, and
/// its own errors do not tell one kind of failure from another.
/// </summary>
sealed partial class S3Handler : DelegatingHandler
{
    readonly ResiliencePipeline<HttpResponseMessage> retries;

    public S3Handler(TimeProvider time)
        : base(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) =>
        retries = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(300),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is HttpRequestException || IsTransient(arguments.Outcome.Result?.StatusCode)),
            })
            .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var server = request.RequestUri!.Authority;
        try
        {
            var response = await retries.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
            if (response.IsSuccessStatusCode)
                return response;
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var code = ErrorCode().Match(await response.Content.ReadAsStringAsync(cancellationToken)).Groups[1].Value;
            if (response.StatusCode == HttpStatusCode.NotFound && code != "NoSuchBucket")
                return response;
            using (response)
                throw new ObjectStoreException(
                    $"The object store at {server} refused {request.Method} {request.RequestUri.AbsolutePath}: "
                    + $"{(int)response.StatusCode} {(code == "" ? response.ReasonPhrase : code)}.{Advice(response.StatusCode)}");
        }
        catch (HttpRequestException exception)
        {
            throw new ObjectStoreException($"The object store at {server} cannot be reached: {exception.Message}", exception);
        }
    }

    static bool IsTransient(HttpStatusCode? status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented);

    static string Advice(HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? " Check ObjectStore:S3:AccessKey, SecretKey and Region, what the key may do, and this machine's clock."
        : "";

    [GeneratedRegex("<Code>([A-Za-z0-9.]+)</Code>")]
    private static partial Regex ErrorCode();
}
