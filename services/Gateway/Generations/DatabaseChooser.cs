using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;

namespace RdmCloud.Gateway.Generations;

/// <summary>Finds the databases that a request names, or the model's own.</summary>
public sealed class DatabaseChooser(IDatabases databases)
{
    /// <summary>Each at the version that is the latest now, so that the job is the same picture whenever it is drawn.</summary>
    /// <exception cref="ValidationException">The tenant has no such database, or its embeddings are of another CLIP.</exception>
    public async Task<IReadOnlyList<DatabaseChoice>> ChooseAsync(
        IReadOnlyList<DatabaseWeight>? wanted, string tenant, ModelDescription model, CancellationToken cancellationToken)
    {
        wanted ??= model.Defaults.Database is { } own ? [new() { Id = own }] : [];
        var problems = new Problems();
        var choices = new List<DatabaseChoice>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var (field, id) = ($"databases[{i}]", wanted[i].Id);
            var database = await databases.FindAsync(tenant, id, cancellationToken);
            if (database is null)
                problems.Add($"{field}.id", $"There is no database '{id}'.");
            else if (database.EmbeddingSpace != model.EmbeddingSpace || database.Dimension != model.Dimension)
                problems.Add($"{field}.id",
                    $"Its embeddings are of {database.EmbeddingSpace}; "
                    + $"model {model.Name} reads those of {model.EmbeddingSpace}.");
            else if (wanted[i].Version is { } version && (version < 1 || version > database.Version))
                problems.Add($"{field}.version", $"Database '{id}' has versions 1 to {database.Version}.");
            else
                choices.Add(new(id, wanted[i].Weight, wanted[i].Version ?? database.Version));
        }
        return problems.Any ? throw problems.ToException() : choices;
    }
}
