namespace RdmCloud.Gateway.Access;

public class Remembered_Tests
{
    [Fact]
    public async Task WhatIsChangedWhileItIsRead_IsReadAnew()
    {
        using var remembered = new Remembered<string>(TimeSpan.FromMinutes(1));
        var reading = new TaskCompletionSource<string?>();
        var first = remembered.GetAsync("key", () => reading.Task);
        remembered.Forget("key");
        reading.SetResult("old");
        Assert.Equal("old", await first);
        Assert.Equal("new", await remembered.GetAsync("key", () => Task.FromResult<string?>("new")));
        Assert.Equal("new", await remembered.GetAsync("key", () => Task.FromResult<string?>("newer")));
    }
}
