namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A class or function that a pickle names. It is only ever a name here.</summary>
sealed record PickleGlobal(string Module, string Name)
{
    static readonly HashSet<string> modulesThatRunCode =
    [
        "os", "posix", "nt", "subprocess", "pty", "commands", "runpy",
        "code", "socket", "shutil", "ctypes", "importlib", "webbrowser",
    ];

    static readonly HashSet<string> functionsThatRunCode =
        ["eval", "exec", "execfile", "compile", "open", "input", "breakpoint", "__import__"];

    /// <summary>No honest checkpoint holds this: Python would run it while it opens the file.</summary>
    public bool RunsCode => modulesThatRunCode.Contains(Module.Split('.')[0])
        || (Module is "builtins" or "__builtin__" && functionsThatRunCode.Contains(Name));

    public override string ToString() => $"{Module}.{Name}";
}
