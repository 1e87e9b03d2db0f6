using System.IO.Compression;
using System.Text;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;

namespace RdmCloud.Retrieval.Support;

/// <summary>Databases, and things to import into them.</summary>
static class Sources
{
    public const string Acme = "acme", Rival = "rival";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static NewDatabase New(string name, Visibility visibility = Visibility.Private) =>
        new(name, "A title", visibility, "clip-a", Dimension: 4, "CC0-1.0", "Her");

    /// <summary>Files of a zip archive: the names of pictures, whose directions their metadata names in degrees.</summary>
    public static byte[] Zip(params (string Name, double Degrees)[] pictures)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, _) in pictures)
                Write(archive, name, "bytes of a picture");
            Write(archive, "metadata.jsonl", string.Join('\n', pictures.Select(picture =>
                $$"""{"file": "{{picture.Name}}", "title": "{{picture.Degrees}}", "author": "Ann","""
                + $$""" "source": "https://example.com/{{picture.Name}}"}""")));
        }
        return zip.ToArray();
    }

    /// <summary>Imports a zip archive and waits until it has ended.</summary>
    public static async Task<ImportEnded> ImportAsync(this RetrievalHost host, string tenant, string database, byte[] zip)
    {
        var import = Ids.New("imp", TimeProvider.System);
        var key = $"tenants/{tenant}/imports/{import}/archive.zip";
        await host.PutAsync(key, zip);
        var source = new ImportSource(ImportKind.Zip, [key], "tiny", "MIT");
        Assert.NotNull(await host.Databases.ImportAsync(tenant, database, import, source, Cancel));
        return await host.HearAsync<ImportEnded>();
    }

    /// <summary>A database with these pictures.</summary>
    public static async Task<Database> FillAsync(
        this RetrievalHost host, string tenant, string name, Visibility visibility,
        params (string Name, double Degrees)[] pictures)
    {
        var database = await host.Databases.CreateAsync(tenant, New(name, visibility), Cancel);
        var ended = await host.ImportAsync(tenant, database.Id, Zip(pictures));
        Assert.Null(ended.Import.Error);
        return (await host.Databases.FindAsync(tenant, database.Id, Cancel))!;
    }

    public static NeighborSearch Near(double degrees, int k, params (Database Database, double Weight)[] databases) => new(
        PackedEmbedding.Pack(ScriptedEmbedding.Direction(degrees)),
        [.. databases.Select(choice => new Contracts.Generations.DatabaseChoice(
            choice.Database.Id, choice.Weight, choice.Database.Version))],
        k, [], []);

    static void Write(ZipArchive archive, string name, string content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }
}
