using System.ComponentModel;
using RdmCloud.Contracts.Databases;

namespace RdmCloud.Gateway.Databases;

public sealed record CreateDatabaseRequest
{
    [Description("Unique among your own: lower-case letters, digits and hyphens.")]
    public required string Name { get; init; }

    public string? Title { get; init; }

    [Description("Whether other tenants may search it. Default: private.")]
    public Visibility Visibility { get; init; }

    [Description("The model whose CLIP embeds the images. Default: the one that a worker offered last.")]
    public string? Model { get; init; }

    [Description("Of images that say none of their own.")]
    public string? License { get; init; }

    public string? Attribution { get; init; }
}
