using System.Text;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Writes pickles instruction by instruction, good ones and bad ones.</summary>
sealed class PickleWriter
{
    readonly MemoryStream stream = new();

    public PickleWriter() => Raw(0x80, 2);

    public byte[] ToArray() => stream.ToArray();

    public PickleWriter Raw(params byte[] bytes)
    {
        stream.Write(bytes);
        return this;
    }

    public PickleWriter Op(string instructions) => Raw(Encoding.ASCII.GetBytes(instructions));

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Op("X").Raw(BitConverter.GetBytes(bytes.Length)).Raw(bytes);
    }

    public PickleWriter Int(long value) => Raw(0x8a, 8).Raw(BitConverter.GetBytes(value));

    public PickleWriter Global(string module, string name) => Op($"c{module}\n{name}\n");

    public PickleWriter Tuple(params long[] values)
    {
        Op("(");
        foreach (var value in values)
            Int(value);
        return Op("t");
    }

    public PickleWriter Tensor(TorchView view) => Global("torch._utils", "_rebuild_tensor_v2")
        .Op("((").Text("storage").Global("torch", view.Class).Text(view.Key).Text("cuda:0").Int(view.Count).Op("tQ")
        .Int(view.Offset).Tuple(view.Shape).Tuple(view.Strides).Raw(0x89).Global("collections", "OrderedDict").Op(")RtR");

    public PickleWriter Tensors(params ReadOnlySpan<TorchView> views)
    {
        Op("}(");
        foreach (var view in views)
            Text(view.Name).Tensor(view);
        return Op("u");
    }
}
