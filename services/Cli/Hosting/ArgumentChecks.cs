using System.CommandLine;
using System.CommandLine.Parsing;

namespace RdmCloud.Cli.Hosting;

/// <summary>Arguments must name files or folders that exist.</summary>
static class ArgumentChecks
{
    public static void File(Argument argument, string name) =>
        argument.Validators.Add(result => Check(result, name, "file", System.IO.File.Exists));

    public static void Folder(Argument argument, string name) =>
        argument.Validators.Add(result => Check(result, name, "folder", Directory.Exists));

    public static void FileOrFolder(Argument argument, string name) =>
        argument.Validators.Add(result => Check(result, name, "file or folder", Path.Exists));

    public static void Check(SymbolResult result, string name, string kind, Predicate<string> exists)
    {
        if (result.Tokens.FirstOrDefault(token => !exists(token.Value)) is { } missing)
            result.AddError($"{name}: there is no {kind} '{missing.Value}'.");
    }
}
