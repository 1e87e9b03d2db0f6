using System.Text.RegularExpressions;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Admin;

public sealed partial record NewTenantRequest
{
    /// <summary>Part of object keys, so nothing but letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public TenantSettings? Settings { get; init; }

    /// <exception cref="ValidationException">A field is not valid.</exception>
    internal void Check()
    {
        if (!IdPattern().IsMatch(Id))
            throw new ValidationException(
                "id", "It must be 1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends.");
        Settings?.Check();
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    private static partial Regex IdPattern();
}
