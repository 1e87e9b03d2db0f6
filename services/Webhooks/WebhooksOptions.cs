using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed class WebhooksOptions
{
    public const string Section = "Webhooks";

    /// <summary>
    /// Networks in CIDR notation that may be told things although they are not public, on any port. [default: none]
    /// </summary>
    public IReadOnlyList<string> AllowedNetworks { get; set; } = [];

    /// <summary>Whether addresses may be http. [default: only https]</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Where the keys lie that encrypt the signing secrets; the same folder for all processes. [default: data/keys]
    /// </summary>
    [Required]
    public string KeysFolder { get; set; } = Path.Combine("data", "keys");

    /// <summary>Messages on their way at once. [default: 32]</summary>
    [Range(1, 1024)]
    public int Concurrency { get; set; } = 32;

    /// <summary>A tenant's messages on their way to one host at once. [default: 4]</summary>
    [Range(1, 1024)]
    public int ConcurrencyPerHost { get; set; } = 4;

    /// <summary>How long a receiver may take to answer. [default: 15 s]</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it is remembered what was sent. [default: 30 days]</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
