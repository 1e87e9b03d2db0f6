using System.Globalization;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Databases;

static class DatabaseSummary
{
    public static void Write(DatabaseReport report) => Terminal.WriteProperties(
        ("database", report.Database.Name),
        ("title", report.Database.Title),
        ("folder", report.Path),
        ("rows", report.Count.ToString("#,0", CultureInfo.InvariantCulture)
            + (report.Added is { } added && added != report.Count ? $", {added} of them new" : "")),
        ("not used", report.Bad is > 0 and { } bad ? $"{bad} that are no pictures or broken" : null),
        ("size", Terminal.Bytes(report.Bytes)),
        ("embeddings", $"{report.Database.Dimension} values, {report.Database.ElementType.ToString().ToLowerInvariant()}, "
            + $"{report.Database.EmbeddingSpace}"),
        ("license", report.Database.License),
        ("attribution", report.Database.Attribution),
        ("created", report.Database.Created.ToString("u", CultureInfo.InvariantCulture)));
}
