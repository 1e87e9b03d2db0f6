namespace RdmCloud.ObjectStore;

/// <summary>The bounds that S3 sets to signed links. A folder keeps them too: what works there works everywhere.</summary>
static class LinkLifetime
{
    static readonly TimeSpan min = TimeSpan.FromSeconds(1), max = TimeSpan.FromDays(7);

    /// <summary>In whole seconds.</summary>
    public static int Seconds(TimeSpan validFor) =>
        validFor >= min && validFor <= max
            ? (int)validFor.TotalSeconds
            : throw new ArgumentOutOfRangeException(nameof(validFor), validFor, "A link is valid for 1 second to 7 days.");
}
