using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Training;

/// <summary>Configurations small enough for tests.</summary>
static class ToyNetworks
{
    public static readonly UNetConfig UNet = new()
    {
        InChannels = 4, OutChannels = 4, ModelChannels = 16, AttentionResolutions = [2], NumResBlocks = 1, ChannelMult = [1, 2],
        NumHeadChannels = 16, UseSpatialTransformer = true, ContextDim = 8, MinGroupChannels = 8,
    };

    public static readonly AutoencoderConfig Autoencoder = new()
    {
        EmbedDim = 4,
        Coder = new()
        {
            ZChannels = 4, Resolution = 16, InChannels = 3, OutCh = 3, Ch = 16, ChMult = [1, 2], NumResBlocks = 1,
            MinGroupChannels = 8, PatchSize = 2,
        },
    };
}
