namespace RdmCloud.Sampling.Support;

/// <summary>What was heard on the bus, in its order.</summary>
sealed class Messages
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly Lock access = new();
    readonly List<object> heard = [];
    TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(object message)
    {
        lock (access)
        {
            heard.Add(message);
            more.SetResult();
            more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public IReadOnlyList<T> All<T>()
    {
        lock (access)
            return [.. heard.OfType<T>()];
    }

    /// <summary>The first of its kind, as soon as there is one.</summary>
    public async Task<T> FirstAsync<T>(Func<T, bool>? which = null)
    {
        while (true)
        {
            Task next;
            lock (access)
            {
                if (heard.OfType<T>().Where(which ?? (_ => true)).ToList() is [var found, ..])
                    return found;
                next = more.Task;
            }
            await next.WaitAsync(patience, TestContext.Current.CancellationToken);
        }
    }
}
