namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>
/// A dictionary whose keys may be anything, unknown classes too. Nothing is hashed, so that no key can do harm.
/// </summary>
sealed class PickleDict
{
    readonly List<KeyValuePair<object?, object?>> items = [];

    /// <summary>In the order written. Of equal keys the last one counts, as in Python.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Items => items;

    public object? this[string key] => items.FindLast(item => item.Key is string text && text == key).Value;

    public void Add(object? key, object? value) => items.Add(new(key, value));
}
