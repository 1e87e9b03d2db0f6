using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using RdmCloud.ObjectStore;

namespace RdmCloud.Storage.Retention;

/// <summary>
/// Which jobs expire when, as empty objects <c>retention/{day}/{hour}/{tenant}/{job}</c>: their keys come in the order of time,
/// so that a look at what is due need not go through all that is stored.
/// </summary>
sealed class RetentionIndex(IObjectStore objects)
{
    const string Root = "retention/";
    const string Hour = "yyyy-MM-dd/HH";

    public async Task AddAsync(string tenant, string job, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.ASCII.GetBytes(expiresAt.ToString("O", CultureInfo.InvariantCulture)));
        await objects.PutAsync(KeyOf(tenant, job, expiresAt), content, "text/plain", cancellationToken);
    }

    /// <summary>The jobs of all hours that are over.</summary>
    public async IAsyncEnumerable<ExpiredJob> DueAsync(
        DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = Root + now.UtcDateTime.ToString(Hour, CultureInfo.InvariantCulture);
        await foreach (var entry in objects.ListAsync(Root, cancellationToken))
        {
            if (string.CompareOrdinal(entry.Key, current) >= 0)
                yield break;
            if (entry.Key.Split('/') is [_, _, _, var tenant, var job])
                yield return new(tenant, job, entry.Key);
        }
    }

    public Task RemoveAsync(ExpiredJob job, CancellationToken cancellationToken) =>
        objects.DeleteAsync(job.Entry, cancellationToken);

    static string KeyOf(string tenant, string job, DateTimeOffset expiresAt) =>
        $"{Root}{expiresAt.UtcDateTime.ToString(Hour, CultureInfo.InvariantCulture)}/{tenant}/{job}";
}
