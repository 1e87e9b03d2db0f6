using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace RdmCloud.Gateway.Generations;

/// <summary>Which jobs are listed. Beside these, <c>metadata[name]=value</c> any number of times.</summary>
public sealed record JobFilter
{
    [FromQuery(Name = "status"), Description("queued, processing, completed, failed, canceled or expired.")]
    public string? Status { get; init; }

    [FromQuery(Name = "database"), Description("Jobs that drew from this database.")]
    public string? Database { get; init; }

    [FromQuery(Name = "created_after")]
    public DateTimeOffset? CreatedAfter { get; init; }

    [FromQuery(Name = "created_before")]
    public DateTimeOffset? CreatedBefore { get; init; }

    [FromQuery(Name = "cursor"), Description("The next of the page before.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit"), Range(1, 100)]
    public int? Limit { get; init; }
}
