namespace RdmCloud.ServiceDefaults;

static class Eventually
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    /// <summary>For what another process does and does not tell of.</summary>
    public static async Task Async(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
    }
}
