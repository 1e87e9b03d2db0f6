using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Engine;

/// <summary>One picture of a job on its way from noise to pixels.</summary>
sealed class Slot(Job job, JobInputs inputs, int picture, long[] shape) : IDisposable
{
    PictureNoise? noise;
    Tensor? state;
    Tensor? fresh;

    public Job Job => job;

    public JobInputs Inputs => inputs;

    public int Picture => picture;

    /// <summary>(h, w) of the latents; pictures of one shape go through the network together.</summary>
    public (long Height, long Width) Shape => (shape[1], shape[2]);

    public bool IsGuided => inputs.Away is not null;

    /// <summary>Rows in a network call.</summary>
    public int Rows => IsGuided ? 2 : 1;

    /// <summary>Network calls made.</summary>
    public int Calls { get; private set; }

    public bool IsFinished => Calls == inputs.Plan.Length;

    /// <summary>Finished, and handed to its job as a picture or as a failure.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>Left to make: the next call.</summary>
    public Evaluation Evaluation => inputs.Plan[Calls];

    /// <summary>When this slot last moved on, or came in.</summary>
    public long LastTick { get; set; }

    /// <summary>When its last preview was made, or it came in, as the clock's timestamp.</summary>
    public long LastPreview { get; set; }

    /// <summary>
    /// The slot's own part (4, C, h, w) of a <see cref="SamplerState"/>: a view into its pack's, once it is in one.
    /// </summary>
    public Tensor State
    {
        get => state ?? throw new InvalidOperationException("The slot has not come in.");
        set
        {
            state?.Dispose();
            state = value;
        }
    }

    public void ComeIn(long tick, long timestamp)
    {
        using var scope = NewDisposeScope();
        (LastTick, LastPreview) = (tick, timestamp);
        job.Begin(timestamp);
        noise = new(unchecked(job.Request.Seed + (ulong)picture), 1, shape);
        State = SamplerState.Begin(noise.Next().to(inputs.Device)).squeeze(1).DetachFromDisposeScope();
    }

    /// <summary>Fresh noise (1, C, h, w) for this call: the same again where the call is repeated.</summary>
    public Tensor Fresh() => fresh ??= noise!.Next().DetachFromDisposeScope();

    public void CallMade()
    {
        Calls++;
        fresh?.Dispose();
        fresh = null;
    }

    public void Dispose()
    {
        state?.Dispose();
        fresh?.Dispose();
        noise?.Dispose();
        inputs.Release();
    }
}
