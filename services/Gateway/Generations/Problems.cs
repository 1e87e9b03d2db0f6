namespace RdmCloud.Gateway.Generations;

/// <summary>What is wrong with a request, field by field.</summary>
public sealed class Problems
{
    readonly Dictionary<string, List<string>> byField = [];

    public bool Any => byField.Count > 0;

    public void Add(string field, string message)
    {
        if (!byField.TryGetValue(field, out var messages))
            byField[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>Adds the message unless it is so.</summary>
    public void Require(bool isSo, string field, string message)
    {
        if (!isSo)
            Add(field, message);
    }

    public ValidationException ToException() => new(byField.ToDictionary(field => field.Key, field => field.Value.ToArray()));
}
