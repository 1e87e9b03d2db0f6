namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Stands for everything in a pickle that is of no use here: objects of unknown classes, byte strings, sets.</summary>
sealed class PickleStub
{
    public static PickleStub Instance { get; } = new();
}
