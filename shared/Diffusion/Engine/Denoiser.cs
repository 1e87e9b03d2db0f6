using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Engine;

/// <summary>
/// Continuous batching: at every tick the slots that have waited longest make one network call together, the finished ones
/// are decoded, and free slots are filled. Used by the engine's own thread alone.
/// </summary>
/// <param name="beforeCall">Told the slots of every network call before it is made.</param>
sealed class Denoiser(
    RdmModel model, EngineOptions options, TimeProvider time, Action<IReadOnlyList<Slot>>? beforeCall) : IDisposable
{
    readonly Queue<Slot> arriving = [];
    readonly List<Slot> active = []; // in order of arrival
    readonly Dictionary<(long, long), Pack> packs = [];
    readonly EngineMeter meter = new(model.Directory.Manifest.Name);
    long tick;
    // What has turned out to fit into memory, where that is less than the options say.
    // Large pictures must not slow down small ones.
    readonly Dictionary<(long, long), int> fittingRows = [];
    readonly Dictionary<(long, long), int> fittingDecodeBatches = [];

    public bool IsIdle => active.Count == 0 && arriving.Count == 0;

    public bool HasRoom => active.Count + arriving.Count < options.MaxSlots;

    public void Add(Job job)
    {
        if (job.IsOver)
            return;
        try
        {
            var inputs = JobInputs.Prepare(model, job.Request);
            for (var picture = 0; picture < job.Request.Pictures; picture++)
                arriving.Enqueue(new(job, inputs, picture, job.Request.LatentShape(model.Directory.Manifest)));
        }
        catch (Exception exception)
        {
            job.Fail(exception);
        }
    }

    /// <summary>Lets go of slots whose job is over or whose picture is drawn.</summary>
    public void LetGo()
    {
        // Asked once: a job may be canceled at any time.
        var done = active.Where(slot => slot.IsHandedOver || slot.Job.IsOver).ToHashSet();
        foreach (var slot in done)
        {
            slot.Dispose();
            if (packs.Remove(slot.Shape, out var pack))
                pack.Dispose();
        }
        meter.SlotsChanged(-active.RemoveAll(done.Contains));
    }

    public void Tick()
    {
        tick++;
        LetIn();
        if (active.Count == 0)
            return;
        var foreseen = new Dictionary<Slot, Tensor>();
        if (Choose() is [var first, ..] chosen)
            InHalves(
                chosen, slots => Move(slots, foreseen),
                outOfMemory: slots => fittingRows[first.Shape] = Math.Max(2, slots.Sum(slot => slot.Rows) / 2));
        DecodeSome();
        foreach (var batch in foreseen.Keys.Chunk(foreseen.Count > 0 ? DecodeBatchOf(foreseen.Keys.First()) : 1))
            InHalves(batch, slots => Preview(slots, foreseen), DecodeFewer);
        foreach (var original in foreseen.Values)
            original.Dispose();
    }

    public void HandBack()
    {
        foreach (var slot in active.Concat(arriving))
            slot.Job.HandBack();
    }

    public void Dispose()
    {
        meter.SlotsChanged(-active.Count);
        foreach (var slot in active.Concat(arriving))
            slot.Dispose();
        foreach (var pack in packs.Values)
            pack.Dispose();
    }

    /// <summary>
    /// One batch of what is finished; more would hold up the next step, and with it whoever has just come. They cannot pile up:
    /// as long as they wait they keep their slots.
    /// </summary>
    void DecodeSome()
    {
        if (active.Find(slot => slot.IsFinished && !slot.Job.IsOver) is not { } first)
            return;
        Slot[] batch = [.. active
            .Where(slot => slot.IsFinished && !slot.Job.IsOver && slot.Shape == first.Shape).Take(DecodeBatchOf(first))];
        InHalves(batch, Decode, DecodeFewer);
        foreach (var slot in batch)
            slot.IsHandedOver = true;
    }

    int DecodeBatchOf(Slot slot) => fittingDecodeBatches.GetValueOrDefault(slot.Shape, options.DecodeBatch);

    void DecodeFewer(IReadOnlyList<Slot> slots) => fittingDecodeBatches[slots[0].Shape] = Math.Max(1, slots.Count / 2);

    void LetIn()
    {
        while (active.Count < options.MaxSlots && arriving.TryDequeue(out var slot))
        {
            if (slot.Job.IsOver)
            {
                slot.Dispose();
                continue;
            }
            slot.ComeIn(tick - 1, time.GetTimestamp());
            active.Add(slot);
            meter.SlotsChanged(1);
        }
    }

    /// <summary>As many as fit into a call, of the shape of the one that has waited longest.</summary>
    List<Slot> Choose()
    {
        // A stable order: among equals the first to arrive.
        var waiting = active.Where(slot => !slot.IsFinished).OrderBy(slot => slot.LastTick).ToList();
        if (waiting.Count == 0)
            return [];
        var shape = waiting[0].Shape;
        var maxRows = fittingRows.GetValueOrDefault(shape, options.MaxRows);
        var rows = 0;
        var fitting = waiting.Where(slot => slot.Shape == shape).TakeWhile(slot => (rows += slot.Rows) <= maxRows).ToHashSet();
        return [.. active.Where(fitting.Contains)];
    }

    void Move(IReadOnlyList<Slot> slots, Dictionary<Slot, Tensor> foreseen)
    {
        var begun = time.GetTimestamp();
        beforeCall?.Invoke(slots);
        using var originals = PackOf(slots).Advance(model.Network);
        Charge(slots, begun, slot => slot.Rows);
        meter.Stepped(time.GetElapsedTime(begun), slots.Sum(slot => slot.Rows), options.MaxRows);
        for (var i = 0; i < slots.Count; i++)
        {
            var slot = slots[i];
            slot.LastTick = tick;
            if (slot.Inputs.Plan[slot.Calls - 1].Step == 0)
                continue;
            slot.Job.StepMade();
            if (IsPreviewDue(slot))
                foreseen[slot] = originals.narrow(0, i, 1);
        }
    }

    Pack PackOf(IReadOnlyList<Slot> slots)
    {
        var shape = slots[0].Shape;
        if (packs.TryGetValue(shape, out var pack) && pack.Holds(slots))
            return pack;
        if (packs.Remove(shape, out pack))
            pack.Dispose();
        return packs[shape] = new(slots);
    }

    void Decode(IReadOnlyList<Slot> slots)
    {
        using var scope = NewDisposeScope();
        var begun = time.GetTimestamp();
        var latents = stack(slots.Select(slot => slot.State.select(0, 0))); // (B, C, h, w)
        var isFinite = latents.isfinite().flatten(1).all(1).cpu().data<bool>().ToArray();
        var pictures = model.Decode(latents);
        Charge(slots, begun, _ => 1);
        meter.Decoded(time.GetElapsedTime(begun));
        for (var i = 0; i < slots.Count; i++)
            if (isFinite[i])
                Drawn(slots[i], pictures[i]);
            else
                slots[i].Job.Fail(new ModelException(
                    "The picture came out as numbers that are not finite. Try a smaller guidance scale, or other embeddings."));
    }

    void Drawn(Slot slot, RgbImage picture)
    {
        slot.Job.Add(slot.Picture, picture);
        meter.Drawn();
    }

    bool IsPreviewDue(Slot slot) =>
        slot.Job.WantsPreviews && !slot.Job.IsOver && !slot.IsFinished
        && time.GetElapsedTime(slot.LastPreview) >= options.PreviewInterval;

    void Preview(IReadOnlyList<Slot> slots, Dictionary<Slot, Tensor> foreseen)
    {
        var begun = time.GetTimestamp();
        using var originals = cat([.. slots.Select(slot => foreseen[slot])]);
        var pictures = model.Decode(originals);
        Charge(slots, begun, _ => 1);
        foreach (var (slot, picture) in slots.Zip(pictures))
        {
            slot.LastPreview = time.GetTimestamp();
            slot.Job.Report(new(slot.Picture, picture));
        }
    }

    /// <summary>Shares out the time since then.</summary>
    void Charge(IReadOnlyList<Slot> slots, long begun, Func<Slot, int> weight)
    {
        var unit = time.GetElapsedTime(begun) / slots.Sum(weight);
        foreach (var slot in slots)
            slot.Job.Charge(unit * weight(slot));
    }

    /// <summary>
    /// Does something to all at once; where that fails, to each half, so that what fails alone is all that fails.
    /// </summary>
    static void InHalves(IReadOnlyList<Slot> slots, Action<IReadOnlyList<Slot>> act, Action<IReadOnlyList<Slot>> outOfMemory)
    {
        try
        {
            act(slots);
            return;
        }
        catch (Exception exception)
        {
            if (OutOfMemory.Caused(exception))
                outOfMemory(slots);
            if (slots.Count == 1)
            {
                slots[0].Job.Fail(OutOfMemory.Caused(exception)
                    ? new ModelException("There is not enough memory for a picture of this size.", exception)
                    : exception);
                return;
            }
        }
        InHalves([.. slots.Take(slots.Count / 2)], act, outOfMemory);
        InHalves([.. slots.Skip(slots.Count / 2)], act, outOfMemory);
    }
}
