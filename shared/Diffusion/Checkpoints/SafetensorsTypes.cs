namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>The names that safetensors gives element types.</summary>
static class SafetensorsTypes
{
    static readonly Dictionary<string, ElementType> types = new()
    {
        ["F64"] = ElementType.Float64,
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["I16"] = ElementType.Int16,
        ["I8"] = ElementType.Int8,
        ["U8"] = ElementType.UInt8,
        ["BOOL"] = ElementType.Bool,
    };

    public static ElementType Parse(string name, string tensor) => types.TryGetValue(name, out var type)
        ? type
        : throw new InvalidDataException(
            $"tensor '{tensor}' has the element type {name}, which is not supported. " +
            $"Convert it to one of {string.Join(", ", types.Keys)}.");

    public static string NameOf(ElementType type) => types.Single(pair => pair.Value == type).Key;
}
