using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RdmCloud.Contracts.Webhooks;
using Scalar.AspNetCore;

namespace RdmCloud.Gateway;

/// <summary>The API's description, for machines at /openapi/v1.json and for people at /docs.</summary>
static class OpenApi
{
    const string KeyScheme = "key";

    public static void Add(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "RdmCloud",
                Version = "v1",
                Description = "Draws pictures with retrieval-augmented diffusion models: a prompt says what, "
                    + "image databases say how.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [KeyScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: rdm_…",
                },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
            document.Webhooks = EventTypes.All.ToDictionary(type => type, WebhookOf);
            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        routes.MapScalarApiReference("/docs", options =>
            options.WithTitle("RdmCloud").DisableDefaultFonts().DisableTelemetry().DisableAgent());
    }

    static IOpenApiPathItem WebhookOf(string type) => new OpenApiPathItem
    {
        Operations = new()
        {
            [HttpMethod.Post] = new()
            {
                Summary = $"{type}: signed as Standard Webhooks 1.0 says",
                Tags = null,
                RequestBody = new OpenApiRequestBody
                {
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        ["application/json"] = new()
                        {
                            Schema = new OpenApiSchema
                            {
                                Type = JsonSchemaType.Object,
                                Properties = new Dictionary<string, IOpenApiSchema>
                                {
                                    ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = type },
                                    ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                                    ["data"] = new OpenApiSchema { Type = JsonSchemaType.Object },
                                },
                            },
                        },
                    },
                },
                Responses = new()
                {
                    ["2XX"] = new OpenApiResponse { Description = "Taken; anything else is tried again for three days." },
                },
            },
        },
    };
}
