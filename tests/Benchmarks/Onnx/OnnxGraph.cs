using System.Runtime.InteropServices;
using Google.Protobuf;
using static RdmCloud.Benchmarks.Onnx.AttributeProto.Types;

namespace RdmCloud.Benchmarks.Onnx;

/// <summary>Builds an ONNX model node by node; values are known by their names.</summary>
sealed class OnnxGraph
{
    const int Opset = 21;
    const int IrVersion = 10;

    readonly GraphProto graph = new() { Name = "network" };
    readonly HashSet<string> constants = [];

    public string Input(string name, params long[] shape)
    {
        graph.Input.Add(Value(name, shape));
        return name;
    }

    public void Output(string name, params long[] shape) => graph.Output.Add(Value(name, shape));

    /// <summary>A weight; adding the same name again changes nothing.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        if (constants.Add(name))
            graph.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = TensorProto.Types.DataType.Float,
                Dims = { shape },
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
            });
        return name;
    }

    /// <summary>A shape: whole numbers.</summary>
    public string Shape(params long[] values)
    {
        var name = $"shape.{string.Join('.', values)}";
        if (constants.Add(name))
            graph.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = TensorProto.Types.DataType.Int64,
                Dims = { values.Length },
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
            });
        return name;
    }

    public string Add(string op, params string[] inputs) => Add(op, inputs, []);

    public string Add(string op, string[] inputs, params AttributeProto[] attributes) => AddMany(op, inputs, 1, attributes)[0];

    public string[] AddMany(string op, string[] inputs, int outputs, params AttributeProto[] attributes)
    {
        var names = Enumerable.Range(0, outputs).Select(i => $"{op}.{graph.Node.Count}.{i}").ToArray();
        graph.Node.Add(new NodeProto
        {
            OpType = op,
            Name = names[0],
            Input = { inputs },
            Output = { names },
            Attribute = { attributes },
        });
        return names;
    }

    public byte[] ToModel() => new ModelProto
    {
        IrVersion = IrVersion,
        ProducerName = "RdmCloud.Benchmarks",
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Version = Opset } },
    }.ToByteArray();

    public static AttributeProto Int(string name, long value) => new() { Name = name, I = value, Type = AttributeType.Int };

    public static AttributeProto Ints(string name, params long[] values) =>
        new() { Name = name, Ints = { values }, Type = AttributeType.Ints };

    public static AttributeProto Float(string name, float value) => new() { Name = name, F = value, Type = AttributeType.Float };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeType.String };

    static ValueInfoProto Value(string name, long[] shape)
    {
        var dimensions = new TensorShapeProto
        {
            Dim = { shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) },
        };
        return new()
        {
            Name = name,
            Type = new() { TensorType = new() { ElemType = TensorProto.Types.DataType.Float, Shape = dimensions } },
        };
    }
}
