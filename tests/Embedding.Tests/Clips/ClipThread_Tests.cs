using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RdmCloud.Embedding.Support;
using RdmCloud.Images;

namespace RdmCloud.Embedding.Clips;

public class ClipThread_Tests
{
    static readonly TimeSpan window = TimeSpan.FromSeconds(1);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TextsThatCameWhileACallRan_ShareTheNext()
    {
        var clip = new FakeClip();
        await using var started = await Started.WithAsync(clip);
        var answers = await HeldAsync(clip, started.Thread, "one", "two", "three");
        clip.Release();
        var embedded = await Task.WhenAll(answers);
        Assert.Equal(["first", "one,two,three"], clip.Calls);
        Assert.Equal([5, 3, 3, 5], embedded.Select(text => text.Embedding[0]));
        Assert.Single(clip.Threads);
    }

    [Fact]
    public async Task MoreTextsThanABatchHolds_AreEmbeddedInSeveral()
    {
        var clip = new FakeClip();
        await using var started = await Started.WithAsync(clip, new() { MaxBatch = 2, BatchWindow = TimeSpan.Zero });
        var answers = await HeldAsync(clip, started.Thread, "one", "two", "three");
        clip.Release();
        await Task.WhenAll(answers);
        Assert.Equal(["first", "one,two", "three"], clip.Calls);
    }

    [Fact]
    public async Task LoneText_DoesNotWaitForOthers()
    {
        var clip = new FakeClip();
        await using var started = await Started.WithAsync(clip, new() { BatchWindow = window }, new ObservedTime());
        await started.Thread.EmbedTextAsync(clip, "alone", Cancellation);
        Assert.Equal(["alone"], clip.Calls);
    }

    [Fact]
    public async Task TextsThatWaitForEachOther_AreJoinedByOnesWithinTheWindow()
    {
        var (clip, time) = (new FakeClip(), new ObservedTime());
        await using var started = await Started.WithAsync(clip, new() { MaxBatch = 3, BatchWindow = window }, time);
        var answers = await HeldAsync(clip, started.Thread, "one", "two");
        clip.Release();
        await time.WaitedFor;
        await started.Thread.EmbedTextAsync(clip, "three", Cancellation);
        await Task.WhenAll(answers);
        Assert.Equal(["first", "one,two,three"], clip.Calls);
    }

    [Fact]
    public async Task TextsThatWaitForEachOther_WaitNoLongerThanTheWindow()
    {
        var (clip, time) = (new FakeClip(), new ObservedTime());
        await using var started = await Started.WithAsync(clip, new() { BatchWindow = window }, time);
        var answers = await HeldAsync(clip, started.Thread, "one", "two");
        clip.Release();
        await time.WaitedFor;
        time.Advance(window);
        await Task.WhenAll(answers);
        Assert.Equal(["first", "one,two"], clip.Calls);
    }

    [Fact]
    public async Task TextThatFails_FailsAlone()
    {
        var clip = new FakeClip();
        await using var started = await Started.WithAsync(clip);
        var answers = await HeldAsync(clip, started.Thread, "one", FakeClip.Poison, "three");
        clip.Release();
        await Assert.ThrowsAsync<InvalidOperationException>(() => answers[2]);
        Assert.Equal(3, (await answers[1]).Embedding[0]);
        Assert.Equal(5, (await answers[3]).Embedding[0]);
    }

    [Fact]
    public async Task CanceledText_IsNotEmbedded()
    {
        var clip = new FakeClip();
        await using var started = await Started.WithAsync(clip);
        using var canceled = new CancellationTokenSource();
        var answers = await HeldAsync(clip, started.Thread, "one");
        var over = started.Thread.EmbedTextAsync(clip, "over", canceled.Token);
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => over);
        clip.Release();
        await Task.WhenAll(answers);
        Assert.Equal(["first", "one"], clip.Calls);
    }

    [Fact]
    public async Task Texts_GoBeforePictures()
    {
        var clip = new FakeClip();
        await using var started = await Started.WithAsync(clip);
        clip.Hold();
        var first = started.Thread.EmbedTextAsync(clip, "first", Cancellation);
        await clip.Entered;
        var pictures = started.Thread.EmbedPicturesAsync(clip, [new RgbImage(7, 5)], Cancellation);
        var text = started.Thread.EmbedTextAsync(clip, "second", Cancellation);
        clip.Release();
        await Task.WhenAll(first, text, pictures);
        Assert.Equal(["first", "second", "7"], clip.Calls);
        var embedding = Assert.Single(await pictures);
        Assert.Equal([7f, 5f], embedding);
    }

    [Fact]
    public async Task StoppedThread_HandsBackWhatWaits()
    {
        var clip = new FakeClip();
        var started = await Started.WithAsync(clip);
        var answers = await HeldAsync(clip, started.Thread, "one");
        var stopped = started.DisposeAsync();
        clip.Release();
        await stopped;
        await answers[0];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answers[1]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => started.Thread.EmbedTextAsync(clip, "late", Cancellation));
    }

    [Fact]
    public async Task ModelThatDoesNotWork_IsNeverReady()
    {
        var clip = new FakeClip { IsBroken = true };
        var thread = new ClipThread(
            new([clip]), Started.Meter(), Options.Create(new EmbeddingOptions()), TimeProvider.System,
            NullLogger<ClipThread>.Instance);
        var early = thread.EmbedTextAsync(clip, "early", Cancellation);
        await thread.StartAsync(Cancellation);
        await Assert.ThrowsAsync<InvalidDataException>(() => thread.Ready);
        await Assert.ThrowsAsync<InvalidDataException>(() => early);
        await thread.StopAsync(Cancellation);
        var late = await Assert.ThrowsAsync<InvalidOperationException>(() => thread.EmbedTextAsync(clip, "late", Cancellation));
        Assert.Contains("a part is damaged", late.Message);
    }

    /// <summary>Texts that wait while the first is embedded, until the model is released.</summary>
    static async Task<Task<(float[] Embedding, bool Truncated)>[]> HeldAsync(
        FakeClip clip, ClipThread thread, params string[] texts)
    {
        clip.Hold();
        var first = thread.EmbedTextAsync(clip, "first", Cancellation);
        await clip.Entered;
        return [first, .. texts.Select(text => thread.EmbedTextAsync(clip, text, Cancellation))];
    }
}
