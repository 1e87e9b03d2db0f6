namespace RdmCloud.VectorStore.Mixing;

public static class LargestRemainder
{
    /// <summary>
    /// Divides a count by weights (Hamilton's method): each part gets the whole number of its quota, and what is left goes
    /// to the largest remainders, the earlier part first where they are equal.
    /// </summary>
    /// <param name="weights">Finite, not negative, not all zero.</param>
    public static int[] Divide(int count, IReadOnlyList<double> weights)
    {
        var total = weights.Sum();
        if (!(total > 0) || !double.IsFinite(total) || weights.Any(weight => weight < 0))
            throw new DatabaseException($"The weights {string.Join(", ", weights)} cannot divide anything: "
                + "they must be finite, none negative and one at least above zero.");
        var quotas = weights.Select(weight => count * (weight / total)).ToArray();
        var parts = Array.ConvertAll(quotas, quota => (int)quota);
        var byRemainder = Enumerable.Range(0, parts.Length).OrderByDescending(i => quotas[i] - parts[i]); // stable
        foreach (var i in byRemainder.Take(count - parts.Sum()))
            parts[i]++;
        return parts;
    }
}
