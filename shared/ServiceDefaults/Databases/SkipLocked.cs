using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RdmCloud.ServiceDefaults.Databases;

/// <summary>What PostgreSQL wants to hear for <see cref="RowTaking.PassingOverLocked"/>, which has no word in LINQ.</summary>
sealed class SkipLocked : DbCommandInterceptor
{
    const string Comment = $"-- {RowTaking.Tag}";

    public static SkipLocked Instance { get; } = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith(Comment, StringComparison.Ordinal))
            command.CommandText += "\nFOR UPDATE SKIP LOCKED";
        return new(result);
    }
}
