using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts;

namespace RdmCloud.ServiceDefaults.Remote;

public static class InternalRoutes
{
    /// <summary>The header that holds the installation's token.</summary>
    public const string TokenHeader = "x-rdm-internal";

    /// <summary>Routes for other services alone: they want the installation's token, and say what was refused as a problem.</summary>
    public static RouteGroupBuilder MapInternal(this IEndpointRouteBuilder routes, string name) =>
        routes.MapGroup($"/internal/{name}").ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
        {
            var expected = context.HttpContext.RequestServices.GetRequiredService<IOptions<RemoteOptions>>().Value.Token;
            if (!IsSame(expected, context.HttpContext.Request.Headers[TokenHeader]))
                return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "This address is for the other services.");
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

    static bool IsSame(string? expected, string? given) => !string.IsNullOrEmpty(expected)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));
}
