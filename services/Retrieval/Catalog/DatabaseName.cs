using System.Text.RegularExpressions;
using RdmCloud.Contracts;

namespace RdmCloud.Retrieval.Catalog;

static partial class DatabaseName
{
    /// <exception cref="RefusedException">It cannot be a database's name.</exception>
    public static void Check(string name)
    {
        if (!Name().IsMatch(name))
            throw new RefusedException("A name has 1 to 64 lower-case letters, digits and inner hyphens.", "name");
    }

    public static RefusedException Taken(string name) => new($"You have a database '{name}' already.", "name");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?\z")]
    private static partial Regex Name();
}
