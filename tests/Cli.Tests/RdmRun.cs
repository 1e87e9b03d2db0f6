namespace RdmCloud.Cli;

/// <summary>What a run of the program left behind.</summary>
public sealed record RdmRun(int ExitCode, string Output, string Error)
{
    /// <summary>The run went well; its output is returned.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return Output;
    }

    /// <summary>The run was refused with one line on the standard error and nothing else; the line is returned.</summary>
    public string Refused(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}: {Error}{Output}");
        Assert.Empty(Output);
        var line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("rdm: ", line);
        Assert.DoesNotContain("Exception", line);
        return line;
    }
}
