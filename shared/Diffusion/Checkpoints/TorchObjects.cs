using System.Collections.Immutable;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>The few classes of a PyTorch pickle that matter: tensors, their storages, and dictionaries.</summary>
static class TorchObjects
{
    /// <summary>A storage: ("storage", its class, key, device, number of elements). Other kinds become stubs.</summary>
    public static object Load(object? id)
    {
        if (id is not object?[] parts || parts is not ["storage", PickleGlobal global, string key, _, long count, ..])
            throw new InvalidDataException("it refers to something that is not a storage.");
        return global.Module == "torch" && TypeOf(global.Name) is { } type
            ? new TorchStorage(type, key, count)
            : PickleStub.Instance;
    }

    public static object? Construct(PickleGlobal global, object?[] arguments) => (global.Module, global.Name) switch
    {
        ("collections", "OrderedDict" or "defaultdict") or ("builtins" or "__builtin__", "dict") => new PickleDict(),
        ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2") => Tensor(arguments),
        ("torch._utils", "_rebuild_parameter") when arguments is [var tensor, ..] => tensor,
        ("torch", "Size") when arguments is [object?[] sizes] => sizes,
        _ => PickleStub.Instance,
    };

    static object Tensor(object?[] arguments) => arguments switch
    {
        [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]
            when shape.Length == strides.Length && shape.Length <= TensorInfo.MaxDimensions
            => new TorchTensor(storage, offset, Numbers(shape), Numbers(strides)),
        [PickleStub, ..] => PickleStub.Instance, // of an element type that no weights have
        _ => throw new InvalidDataException("a tensor is described in an unknown way."),
    };

    static ImmutableArray<long> Numbers(object?[] values) =>
        [.. values.Select(value => value as long? ?? throw new InvalidDataException("a tensor's shape is not whole numbers."))];

    static ElementType? TypeOf(string storage) => storage switch
    {
        "DoubleStorage" => ElementType.Float64,
        "FloatStorage" => ElementType.Float32,
        "HalfStorage" => ElementType.Float16,
        "BFloat16Storage" => ElementType.BFloat16,
        "LongStorage" => ElementType.Int64,
        "IntStorage" => ElementType.Int32,
        "ShortStorage" => ElementType.Int16,
        "CharStorage" => ElementType.Int8,
        "ByteStorage" => ElementType.UInt8,
        "BoolStorage" => ElementType.Bool,
        _ => null,
    };
}
