using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace RdmCloud.Sampling.Lanes;

public sealed class LatestOnly_Tests
{
    static readonly TimeSpan interval = TimeSpan.FromSeconds(1);

    readonly WatchedTime time = new();
    readonly List<int> handedOn = [];

    [Fact]
    public async Task ValuesWithinAnInterval_AreHandedOnAsTheNewestOfThem()
    {
        var handed = new SemaphoreSlim(0);
        await using (var latest = new LatestOnly<int>(1, interval, time, NullLogger.Instance, value =>
        {
            handedOn.Add(value);
            handed.Release();
            return Task.CompletedTask;
        }))
        {
            for (var value = 10; value <= 40; value += 10)
            {
                for (var i = 0; i < 10; i++)
                    latest.Give(value + i);
                await time.Timers.WaitAsync(TestContext.Current.CancellationToken);
                time.Advance(interval * 0.9);
                latest.Give(value + 10);
                Assert.Equal((value - 10) / 10, handedOn.Count);
                time.Advance(interval * 0.1);
                await handed.WaitAsync(TestContext.Current.CancellationToken);
            }
            latest.Give(60);
            latest.Give(61);
        }
        Assert.Equal([20, 30, 40, 50, 61], handedOn);
    }

    [Fact]
    public async Task Giving_DoesNotWaitForWhoIsSlow()
    {
        var slow = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var latest = new LatestOnly<int>(2, TimeSpan.Zero, time, NullLogger.Instance, async value =>
        {
            handedOn.Add(value);
            begun.TrySetResult();
            await slow.Task;
        });
        latest.Give(1);
        await begun.Task;
        for (var value = 2; value <= 1000; value++)
            latest.Give(value);
        slow.SetResult();
        await latest.DisposeAsync();
        Assert.Equal([1, 999, 1000], handedOn);
    }

    [Fact]
    public async Task WhatCannotBeHandedOn_DoesNotEndTheRest()
    {
        var begun = new TaskCompletionSource();
        var latest = new LatestOnly<int>(1, TimeSpan.Zero, time, NullLogger.Instance, value =>
        {
            begun.TrySetResult();
            handedOn.Add(value);
            return value == 1 ? throw new IOException("no room") : Task.CompletedTask;
        });
        latest.Give(1);
        await begun.Task;
        latest.Give(2);
        await latest.DisposeAsync();
        Assert.Equal([1, 2], handedOn);
    }

    /// <summary>Knows when someone waits for it.</summary>
    sealed class WatchedTime : FakeTimeProvider
    {
        public SemaphoreSlim Timers { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Timers.Release();
            return timer;
        }
    }
}
