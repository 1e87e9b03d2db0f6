using System.Collections.Immutable;
using System.Text.Json;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>The JSON at the start of a safetensors file: name → dtype, shape and the byte range after the header.</summary>
/// <remarks>https://huggingface.co/docs/safetensors. Complaints are <see cref="InvalidDataException"/>.</remarks>
sealed class SafetensorsHeader
{
    /// <summary>The official reader's limit.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>Ten times what the largest models have; a hostile header must not cost more memory than a large one.</summary>
    public const int MaxTensors = 100_000;

    readonly Dictionary<string, (TensorInfo Tensor, long Begin)> tensors = [];

    /// <summary>Tensors with the place of their first byte after the header.</summary>
    public IReadOnlyDictionary<string, (TensorInfo Tensor, long Begin)> Tensors => tensors;

    public Dictionary<string, string> Metadata { get; } = [];

    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader();
        var reader = new Utf8JsonReader(json);
        try
        {
            header.ReadEntries(ref reader);
        }
        // GetString throws InvalidOperationException for text that is not valid Unicode.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"the header is not valid JSON. {exception.Message}", exception);
        }
        header.CheckCoverage(dataLength);
        return header;
    }

    void ReadEntries(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException("the header is not a JSON object.");
        var hasMetadata = false;
        while (NextProperty(ref reader, "the header") is { } name)
        {
            if (name != "__metadata__")
                ReadTensor(ref reader, name);
            else if (!hasMetadata)
                ReadMetadata(ref reader);
            else
                throw new InvalidDataException("the header holds __metadata__ twice.");
            hasMetadata |= name == "__metadata__";
        }
        if (reader.Read()) // throws for anything but spaces
            throw new InvalidDataException("the header goes on after its end.");
    }

    void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "__metadata__");
        while (NextProperty(ref reader, "__metadata__") is { } key)
        {
            Expect(ref reader, JsonTokenType.String, $"__metadata__ '{key}'");
            if (!Metadata.TryAdd(key, reader.GetString()!))
                throw new InvalidDataException($"__metadata__ holds '{key}' twice.");
        }
    }

    void ReadTensor(ref Utf8JsonReader reader, string name)
    {
        if (tensors.Count == MaxTensors)
            throw new InvalidDataException($"the header names more than {MaxTensors} tensors.");
        ElementType? type = null;
        ImmutableArray<long>? shape = null, range = null;
        Expect(ref reader, JsonTokenType.StartObject, $"tensor '{name}'");
        while (NextProperty(ref reader, $"tensor '{name}'") is { } property)
            switch (property)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, $"the dtype of tensor '{name}'");
                    type = SafetensorsTypes.Parse(reader.GetString()!, name);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name, TensorInfo.MaxDimensions);
                    break;
                case "data_offsets" when range is null:
                    range = ReadNumbers(ref reader, name, 2);
                    break;
                default:
                    throw new InvalidDataException($"tensor '{name}' has '{property}', which is unknown or there twice.");
            }
        if (type is null || shape is null || range is not [var begin, var end])
            throw new InvalidDataException($"tensor '{name}' lacks its dtype, shape or data_offsets.");
        var tensor = new TensorInfo(name, type.Value, shape.Value);
        if (end < begin || LengthOf(tensor) != end - begin)
            throw new InvalidDataException($"tensor {tensor} has the bytes {begin} to {end}, which does not fit its shape.");
        if (!tensors.TryAdd(name, (tensor, begin)))
            throw new InvalidDataException($"the header holds the tensor '{name}' twice.");
    }

    /// <summary>The tensors must fill the rest of the file, one after the other: no overlap, no hidden bytes.</summary>
    void CheckCoverage(long dataLength)
    {
        var place = 0L;
        foreach (var (tensor, begin) in tensors.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.Tensor.ByteLength))
        {
            if (begin != place)
                throw new InvalidDataException(
                    $"tensor '{tensor.Name}' begins at byte {begin} of the data, where {place} was expected: tensors overlap " +
                    "or leave a hole.");
            place += tensor.ByteLength;
            if (place > dataLength)
                throw new InvalidDataException($"the file ends inside tensor '{tensor.Name}'. Copy or download it again.");
        }
        if (place != dataLength)
            throw new InvalidDataException($"{dataLength - place} bytes after the last tensor belong to none.");
    }

    static long LengthOf(TensorInfo tensor)
    {
        try
        {
            return tensor.ByteLength;
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"tensor {tensor} is larger than any file.");
        }
    }

    static ImmutableArray<long> ReadNumbers(ref Utf8JsonReader reader, string name, int max)
    {
        Expect(ref reader, JsonTokenType.StartArray, $"the numbers of tensor '{name}'");
        var numbers = ImmutableArray.CreateBuilder<long>(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0
                || numbers.Count == max)
                throw new InvalidDataException(
                    $"tensor '{name}' has a shape or data_offsets that are not up to {max} whole numbers from 0 up.");
            numbers.Add(number);
        }
        return numbers.DrainToImmutable();
    }

    static string? NextProperty(ref Utf8JsonReader reader, string where)
    {
        if (!reader.Read())
            throw new InvalidDataException($"{where} has no end.");
        return reader.TokenType == JsonTokenType.EndObject ? null : reader.GetString();
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new InvalidDataException($"{what} is {reader.TokenType} where {type} was expected.");
    }
}
