using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts;
using RdmCloud.ServiceDefaults.Dapr;

namespace RdmCloud.ServiceDefaults.Remote;

public static class InternalRoutes
{
    /// <summary>The header that holds the installation's token.</summary>
    public const string TokenHeader = "x-rdm-internal";

    /// <summary>Tells an answer of ours, such as 404, from one of a proxy or a sidecar on the way.</summary>
    internal const string AnswerHeader = "x-rdm-answer";

    /// <summary>
    /// Routes for other services alone: they want the installation's token, and the sidecar's where it has been given one, and
    /// say what was refused as a problem.
    /// </summary>
    /// <param name="bySidecar">Whether they are asked through one where there is one; else its token is not wanted.</param>
    public static RouteGroupBuilder MapInternal(this IEndpointRouteBuilder routes, string name, bool bySidecar = true) =>
        routes.MapGroup($"/internal/{name}").ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
        {
            if (!IsAllowed(context.HttpContext, bySidecar))
                return Results.Problem(
                    statusCode: StatusCodes.Status401Unauthorized, title: "This address is for the other services.");
            context.HttpContext.Response.Headers[AnswerHeader] = "1";
            try
            {
                return await next(context);
            }
            catch (RefusedException refused)
            {
                return Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity, detail: refused.Message,
                    extensions: new Dictionary<string, object?> { ["field"] = refused.Field });
            }
        });

    static bool IsAllowed(HttpContext http, bool bySidecar)
    {
        var token = http.RequestServices.GetRequiredService<IOptions<RemoteOptions>>().Value.Token;
        return IsSame(token, http.Request.Headers[TokenHeader])
            && (!bySidecar || http.RequestServices.GetService<Sidecar>()?.AppToken is not { Length: > 0 } sidecars
                || IsSame(sidecars, http.Request.Headers[Sidecar.AppTokenHeader]));
    }

    static bool IsSame(string? expected, string? given) => !string.IsNullOrEmpty(expected)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));
}
