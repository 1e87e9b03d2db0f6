using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RdmCloud.ServiceDefaults.Databases;

/// <summary>
/// A service's tables, kept so that one set of migrations fits SQLite and PostgreSQL: times are milliseconds since 1970 in UTC,
/// which both compare; enumerations are their names.
/// </summary>
public abstract class ServiceContext(DbContextOptions options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
