namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A tensor as a PyTorch pickle describes it: a view of the storage <paramref name="Key"/>.</summary>
sealed record TorchView(string Name, string Key, long Count, long Offset, long[] Shape, long[] Strides,
    string Class = "ByteStorage");
