using Microsoft.Extensions.Time.Testing;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Contract;

/// <summary>What every <see cref="INeighborIndex"/> promises, wherever its rows are.</summary>
public abstract partial class IndexContract : IAsyncLifetime
{
    readonly FakeTimeProvider time = new(new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));
    IndexHome? home;

    private protected IndexHome Home => home ??= NewHome();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        if (home is not null)
            await home.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract IndexHome NewHome();

    Task<INeighborIndex> CreateAsync(DatabaseInfo info) => Home.CreateAsync(info, time);

    async Task<INeighborIndex> CreateAsync(DatabaseInfo info, IEnumerable<DatabaseRow> rows)
    {
        var index = await CreateAsync(info);
        await index.AppendAsync(rows.ToAsyncEnumerable(), cancellationToken: Sample.Cancellation);
        return index;
    }
}
