using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RdmCloud.Sidecars;

/// <summary>Service invocation: a request goes on to an app, and the app's answer comes back, whatever its status.</summary>
sealed class Invocations(DaprServer server) : IDisposable
{
    const string Prefix = "/v1.0/invoke/", Method = "/method/", TokenHeader = "dapr-api-token";

    static readonly string[] ownHeaders = [TokenHeader, "Host", "Connection", "Transfer-Encoding", "Content-Length"];

    readonly HttpClient http = new();

    public async Task InvokeAsync(HttpContext context)
    {
        if (server.ApiToken is { } token && context.Request.Headers[TokenHeader] != token)
            await Results.Text("invalid api token\n", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
        else if (server.Instead is { } instead)
            await instead(context);
        else if (Target(context) is (App: { Length: > 0 } app, Path: var path))
            await InvokeAsync(context, app, path);
        else
            await DaprErrors.Invoke(404, "failed getting app id either from the URL path or the header dapr-app-id")
                .ExecuteAsync(context);
    }

    async Task InvokeAsync(HttpContext context, string app, string path)
    {
        server.Calls.Enqueue($"{context.Request.Method} {app} {path}");
        try
        {
            using var answer = server.Apps.TryGetValue(app, out var address)
                ? await http.SendAsync(Copy(context.Request, new(address, path)), context.RequestAborted)
                : throw new HttpRequestException($"failed to resolve address for '{app}-dapr.default.svc.cluster.local'");
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(IsForwarded))
                context.Response.Headers[name] = values.ToArray();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException exception)
        {
            await DaprErrors.Invoke(500, $"fail to invoke, id: {app}, err: {exception.Message}").ExecuteAsync(context);
        }
    }

    HttpRequestMessage Copy(HttpRequest request, Uri address)
    {
        var copy = new HttpRequestMessage(new(request.Method), address);
        if (request.Headers.ContainsKey("Transfer-Encoding") || request.ContentLength > 0)
            copy.Content = new StreamContent(request.Body);
        foreach (var (name, values) in request.Headers.Where(IsForwarded))
            if (!copy.Headers.TryAddWithoutValidation(name, values.ToArray()))
                copy.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        if (server.AppToken is { } token)
            copy.Headers.Add(TokenHeader, token);
        return copy;
    }

    static bool IsForwarded<T>(KeyValuePair<string, T> header) =>
        !ownHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The app and the path, as they were written. Dapr reads them from a header too, which its client does not use.
    /// </summary>
    static (string App, string Path) Target(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf(Method, StringComparison.Ordinal);
        return target.StartsWith(Prefix, StringComparison.Ordinal) && end > 0
            ? (WebUtility.UrlDecode(target[Prefix.Length..end]), target[(end + Method.Length - 1)..])
            : ("", "");
    }

    public void Dispose() => http.Dispose();
}
