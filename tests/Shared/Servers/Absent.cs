namespace RdmCloud.Servers;

/// <summary>What becomes of a test whose server is not there: it is skipped by name, but fails where RDM_SERVERS is "required".</summary>
static class Absent
{
    public static void Skip(string reason)
    {
        Assert.False(Environment.GetEnvironmentVariable("RDM_SERVERS") == "required", reason);
        Assert.Skip(reason);
    }
}
