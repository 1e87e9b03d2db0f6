namespace RdmCloud.Servers;

/// <summary>
/// Which server tests take: the one at an address that an environment variable names, else a program of this machine, else a
/// container.
/// </summary>
/// <param name="variable">Its value may also be <c>docker</c>, for a container whatever is installed.</param>
sealed class ServerChoice(string variable, bool isInstalled)
{
    readonly string setting = Environment.GetEnvironmentVariable(variable) ?? "";

    /// <summary>The address of one that runs already and is somebody else's.</summary>
    public Uri? Given => setting is "" or "docker" ? null : new(setting);

    public bool IsLocal => isInstalled && setting == "";

    public bool IsContainer => Given is null && !IsLocal && Containers.HaveEngine;

    public bool Exists => Given is not null || IsLocal || IsContainer;

    /// <summary>Skips a test that stops or breaks the server, where that is not the tests' own.</summary>
    public void MustBeOwn() =>
        Assert.SkipWhen(
            Given is not null, $"{variable} is the address of a server that runs already; this test wants to stop it");

    /// <summary>Skips a test that ends the server as a crash does, which a container is not.</summary>
    public void MustBeLocal()
    {
        MustBeOwn();
        Assert.SkipWhen(IsContainer, "this test kills the server, which must be a program of this machine and no container");
    }
}
