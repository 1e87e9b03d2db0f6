using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>How often the right picture is the nearest, or among the four nearest.</summary>
/// <param name="At1">0 to 1.</param>
/// <param name="At4">0 to 1.</param>
/// <param name="Queries">How many were asked.</param>
public sealed record Recall(double At1, double At4, int Queries)
{
    /// <summary>Ranks a database for every query by the cosine.</summary>
    /// <param name="queries">(Q, D).</param>
    /// <param name="database">(N, D).</param>
    /// <param name="isRight">Whether a row of the database answers a query.</param>
    public static Recall Of(Tensor queries, Tensor database, Func<int, int, bool> isRight)
    {
        using var scope = NewDisposeScope();
        if (queries.size(0) == 0)
            return new Recall(0, 0, 0);
        var cosines = nn.functional.normalize(queries, dim: 1).matmul(nn.functional.normalize(database, dim: 1).t());
        var nearest = cosines.topk((int)Math.Min(4, database.size(0)), 1).indexes.data<long>().ToArray()
            .Chunk((int)Math.Min(4, database.size(0))).ToArray();
        double Share(int k) => nearest.Index()
            .Average(row => row.Item.Take(k).Any(answer => isRight(row.Index, (int)answer)) ? 1.0 : 0.0);
        return new Recall(Share(1), Share(4), nearest.Length);
    }

    public override string ToString() => $"{100 * At1:0.0}/{100 * At4:0.0} % ({Queries})";
}
