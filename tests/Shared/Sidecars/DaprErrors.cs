using Microsoft.AspNetCore.Http;

namespace RdmCloud.Sidecars;

static class DaprErrors
{
    /// <summary>An error of the sidecar's own, in the form that it has in Dapr.</summary>
    public static IResult Of(int status, string code, string message) =>
        Results.Json(new { errorCode = code, message }, statusCode: status);

    public static IResult Invoke(int status, string message) => Of(status, "ERR_DIRECT_INVOKE", message);
}
