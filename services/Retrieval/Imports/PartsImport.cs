using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.CompVis;

namespace RdmCloud.Retrieval.Imports;

/// <summary>Imports parts of the original's databases: embeddings without pictures, all of them as one version.</summary>
sealed class PartsImport(IObjectStore objects, IndexShelf shelf, ImportLedger imports)
{
    /// <exception cref="RefusedException">A part is damaged, or of another dimension.</exception>
    public async Task AddAsync(ImportImages command, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("rdm-parts-");
        try
        {
            foreach (var key in command.Source.Keys)
                await CopyAsync(key, folder.FullName, cancellationToken);
            var rows = await shelf.ChangeAsync(
                command.Database, index => AddAsync(index, folder.FullName, cancellationToken), cancellationToken);
            await imports.AddAsync(command.Import, batch: 0, rows, refused: [], cancellationToken);
            await imports.ListedAsync(command.Import, rows, batches: 1, cancellationToken);
        }
        catch (DatabaseException exception)
        {
            throw new RefusedException(
                exception.Message.Replace(folder.FullName + Path.DirectorySeparatorChar, ""), inner: exception);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task CopyAsync(string key, string folder, CancellationToken cancellationToken)
    {
        await using var stored = await objects.OpenAsync(key, cancellationToken)
            ?? throw new RefusedException("The uploaded file is not there any more. Upload it again.");
        await using var file = File.Create(Path.Combine(folder, Path.GetFileName(key)));
        await stored.Content.CopyToAsync(file, cancellationToken);
    }

    static async Task<long> AddAsync(INeighborIndex index, string folder, CancellationToken cancellationToken)
    {
        var parts = CompVisDatabase.Open(folder, index.Info.Name);
        if (parts.Dimension != index.Info.Dimension)
            throw new RefusedException(
                $"The parts hold embeddings of {parts.Dimension} values, the database's have {index.Info.Dimension}.");
        await index.UpsertAsync(parts.ReadAsync(), cancellationToken: cancellationToken);
        return parts.Count;
    }
}
