using Microsoft.Extensions.Configuration;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Section <c>Dapr</c>: whether the other services and the secrets are reached through a sidecar.</summary>
public sealed class DaprOptions
{
    public const string Section = "Dapr";

    public DaprMode Mode { get; set; }

    public DaprAppIds AppIds { get; set; } = new();

    /// <summary>The component that settings are read from at start; none where it is not set.</summary>
    public string? SecretStore { get; set; }

    /// <summary>The secrets that this service reads there, and no others.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];

    /// <summary>How long a start waits for the sidecar and its secrets.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">A setting is not valid.</exception>
    public static DaprOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<DaprOptions>() ?? new();
        foreach (var id in new[] { options.AppIds.Embedding, options.AppIds.Retrieval, options.AppIds.Webhooks })
            if (Uri.CheckHostName(id) == UriHostNameType.Unknown)
                throw new InvalidOperationException($"{Section}:AppIds: '{id}' cannot be the id of an app.");
        if (options.SecretStore is { Length: > 0 } store && options.Secrets.Count == 0)
            throw new InvalidOperationException(
                $"{Section}:Secrets names no secret to be read from store '{store}': set {Section}:Secrets:0.");
        if (options.StartTimeout <= TimeSpan.Zero)
            throw new InvalidOperationException($"{Section}:StartTimeout must be longer than nothing.");
        return options;
    }
}
