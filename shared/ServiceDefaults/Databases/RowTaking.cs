using Microsoft.EntityFrameworkCore;

namespace RdmCloud.ServiceDefaults.Databases;

/// <summary>For tables whose rows several processes take for work.</summary>
public static class RowTaking
{
    internal const string Tag = "Rows are locked, and those that are locked are passed over.";

    /// <summary>
    /// Gives a transaction its rows alone to its end, without a wait: what another has is passed over. On SQLite, where one
    /// transaction writes at a time, it changes nothing.
    /// </summary>
    public static IQueryable<T> PassingOverLocked<T>(this IQueryable<T> rows) => rows.TagWith(Tag);

    /// <summary>All or nothing of what the work does, which is done again where the connection breaks.</summary>
    public static async Task<TResult> TransactAsync<TContext, TResult>(
        this IDbContextFactory<TContext> contexts, Func<TContext, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken)
        where TContext : ServiceContext
    {
        await using var any = await contexts.CreateDbContextAsync(cancellationToken);
        return await any.Database.CreateExecutionStrategy().ExecuteAsync(async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            await using var transaction = await context.Database.BeginTransactionAsync(token);
            var result = await work(context, token);
            await transaction.CommitAsync(token);
            return result;
        }, cancellationToken);
    }
}
