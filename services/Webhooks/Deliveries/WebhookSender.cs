using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using RdmCloud.Webhooks.Addresses;
using RdmCloud.Webhooks.Secrets;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Sends a message once, signed. The answer's status counts, its body does not.</summary>
sealed class WebhookSender(
    GuardedConnector connector, WebhookUrls urls, SecretStore secrets, RecipientBreakers breakers,
    IOptions<WebhooksOptions> options, TimeProvider time)
    : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler
    {
        ConnectCallback = connector.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromSeconds(30),
        AllowAutoRedirect = false, // a public address must not lead to one inside
        UseProxy = false, // nor must a proxy of the environment, past the check
        UseCookies = false,
        ActivityHeadersPropagator = null, // the trace is the job's, and what else is known of it is not for strangers
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 64 << 10,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<Attempt> SendAsync(DeliveryEntry delivery, EventEntry happened, CancellationToken cancellationToken)
    {
        if (!urls.AllowsScheme(new(delivery.Url)))
            return new(Error: "It must be an https address."); // it was accepted when another was allowed
        var signing = await secrets.SigningAsync(delivery.Tenant, delivery.Endpoint ?? "", cancellationToken);
        if (signing.Count == 0)
            return new(Error: $"{SecretStore.Lost} Rotate it."); // tried as often as any message: the key may come back
        try
        {
            return await breakers.For(delivery.Recipient).ExecuteAsync(
                async token => await SendAsync(delivery.Url, happened, signing, token), cancellationToken);
        }
        catch (BrokenCircuitException broken)
        {
            return new(
                Error: "Its host keeps failing and is left alone for a moment.", RetryAfter: broken.RetryAfter, Counts: false);
        }
    }

    public void Dispose() => http.Dispose();

    async Task<Attempt> SendAsync(
        string url, EventEntry happened, IReadOnlyList<string> signing, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = Request(url, happened, signing);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode
                ? new(response.StatusCode)
                : new(response.StatusCode, $"It answered {(int)response.StatusCode}.", RetryAfter(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(Error: $"It did not answer in {options.Value.Timeout.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is ForbiddenAddressException forbidden)
        {
            return new(Error: forbidden.Message);
        }
        catch (HttpRequestException)
        {
            return new(Error: "It could not be reached."); // how exactly is nothing that a tenant need know of a network
        }
    }

    HttpRequestMessage Request(string url, EventEntry happened, IReadOnlyList<string> signing)
    {
        var now = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(
                happened.Body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.UserAgent.Add(new("RdmCloud-Webhooks", "1"));
        request.Headers.Add("webhook-id", happened.Id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Signature.Sign(signing, happened.Id, now, happened.Body));
        if ((Activity.Current?.Id ?? happened.TraceParent) is { } trace)
            request.Headers.Add("traceparent", trace);
        return request;
    }

    TimeSpan? RetryAfter(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout =>
            response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - time.GetUtcNow()),
        _ => null,
    };
}
