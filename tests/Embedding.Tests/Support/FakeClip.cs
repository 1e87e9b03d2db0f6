using System.Collections.Concurrent;
using RdmCloud.Embedding.Clips;
using RdmCloud.Images;

namespace RdmCloud.Embedding.Support;

/// <summary>Embeds nothing, but remembers what it was asked; it can be held in the middle of a call.</summary>
sealed class FakeClip(string name = "fake") : IClip
{
    public const string Poison = "poison";

    readonly ManualResetEventSlim free = new(true);
    readonly ConcurrentQueue<string> calls = new();
    TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public string Hash => $"hash of {name}";

    public int Dimension => 2;

    public bool ReadsTexts { get; init; } = true;

    public bool ReadsPictures { get; init; } = true;

    public bool IsBroken { get; init; }

    /// <summary>The texts, or the pictures' widths, of each call after the warm-up, joined by commas.</summary>
    public IEnumerable<string> Calls => calls.Skip((ReadsTexts ? 1 : 0) + (ReadsPictures ? 1 : 0));

    public ConcurrentDictionary<int, int> Threads { get; } = [];

    public Task Entered => entered.Task;

    public void Hold()
    {
        entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        free.Reset();
    }

    public void Release() => free.Set();

    public IReadOnlyList<(float[] Embedding, bool Truncated)> EmbedTexts(IReadOnlyList<string> texts)
    {
        Enter(string.Join(',', texts));
        if (texts.Contains(Poison))
            throw new InvalidOperationException("it is poison");
        return [.. texts.Select(text => (new float[] { text.Length, 1 }, text.Length > 20))];
    }

    public float[][] EmbedPictures(IReadOnlyList<RgbImage> pictures)
    {
        Enter(string.Join(',', pictures.Select(picture => picture.Width)));
        if (pictures.Any(picture => picture.Width == 13))
            throw new ImageException("a picture of that width is too narrow");
        return [.. pictures.Select(picture => new float[] { picture.Width, picture.Height })];
    }

    public void Dispose() => free.Dispose();

    void Enter(string call)
    {
        if (IsBroken)
            throw new InvalidDataException("a part is damaged");
        Threads[Environment.CurrentManagedThreadId] = 0;
        calls.Enqueue(call);
        entered.TrySetResult();
        free.Wait();
    }
}
