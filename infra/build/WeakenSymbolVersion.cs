using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a copy of an ELF library in which the need for one symbol version is weak, so that the loader accepts a system
/// that lacks it. Two edits: the flag of the version need (.gnu.version_r), and the binding of the one symbol that asks
/// for it (.dynsym). Layout: System V ABI and elf.h, 64-bit little-endian. A library without the need is copied as it is.
/// </summary>
public class WeakenSymbolVersion : Task
{
    [Required] public string Library { get; set; }
    [Required] public string Output { get; set; }
    [Required] public string Version { get; set; }
    [Required] public string Symbol { get; set; }

    const int SectionDynamicSymbols = 11, SectionVersionNeeds = 0x6ffffffe, SectionVersions = 0x6fffffff;
    const byte Weak = 2;

    byte[] bytes;

    public override bool Execute()
    {
        try
        {
            bytes = File.ReadAllBytes(Library);
            Patch();
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Output)));
            File.WriteAllBytes(Output, bytes);
        }
        catch (Exception exception) when (exception is InvalidDataException || exception is ArgumentException || exception is IndexOutOfRangeException)
        {
            Log.LogError("{0} is not the ELF library that was expected, so the need for {1} was not made weak: {2}", Library, Version, exception.Message);
        }
        return !Log.HasLoggedErrors;
    }

    void Patch()
    {
        if (bytes.Length < 64 || U32(0) != 0x464c457f || bytes[4] != 2 || bytes[5] != 1)
            throw new InvalidDataException("no 64-bit little-endian ELF header");
        var needs = Section(SectionVersionNeeds) ?? throw new InvalidDataException("no version needs");
        var need = FindNeed(needs);
        if (need < 0)
            return;
        var symbols = Section(SectionDynamicSymbols) ?? throw new InvalidDataException("no dynamic symbols");
        var versions = Section(SectionVersions) ?? throw new InvalidDataException("no symbol versions");
        var symbol = FindSymbol(symbols, versions, U16(need + 6));
        bytes[need + 4] |= Weak; // vna_flags
        bytes[symbol + 4] = (byte)(Weak << 4 | bytes[symbol + 4] & 15); // st_info: binding | type
    }

    /// <summary>The offset of the Vernaux entry for <see cref="Version"/>, or -1.</summary>
    int FindNeed(SectionHeader needs)
    {
        for (var file = needs.Offset; ; file += U32(file + 12))
        {
            var auxiliary = file + U32(file + 8);
            for (var i = 0; i < U16(file + 2); i++, auxiliary += U32(auxiliary + 12))
                if (Text(needs.Strings + U32(auxiliary + 8)) == Version)
                    return auxiliary;
            if (U32(file + 12) == 0)
                return -1;
        }
    }

    /// <summary>The one undefined symbol of that name and version; any other symbol of the version makes weakening unsafe.</summary>
    int FindSymbol(SectionHeader symbols, SectionHeader versions, int version)
    {
        var found = -1;
        for (var i = 0; i < symbols.Size / 24; i++)
        {
            if (U16(versions.Offset + 2 * i) != version)
                continue;
            var symbol = symbols.Offset + 24 * i;
            var name = Text(symbols.Strings + U32(symbol));
            if (name != Symbol || U16(symbol + 6) != 0)
                throw new InvalidDataException($"{name} needs {Version} as well");
            found = symbol;
        }
        return found >= 0 ? found : throw new InvalidDataException($"no symbol {Symbol} of version {Version}");
    }

    SectionHeader Section(int type)
    {
        int table = (int)U64(40), size = U16(58), count = U16(60);
        for (var i = 0; i < count; i++)
        {
            var header = table + i * size;
            if (U32(header + 4) == type)
                return new SectionHeader
                {
                    Offset = (int)U64(header + 24),
                    Size = (int)U64(header + 32),
                    Strings = type == SectionVersions ? 0 : (int)U64(table + U32(header + 40) * size + 24),
                };
        }
        return null;
    }

    string Text(int offset) => Encoding.ASCII.GetString(bytes, offset, Array.IndexOf(bytes, (byte)0, offset) - offset);
    int U16(int offset) => BitConverter.ToUInt16(bytes, offset);
    int U32(int offset) => BitConverter.ToInt32(bytes, offset);
    long U64(int offset) => BitConverter.ToInt64(bytes, offset);

    class SectionHeader
    {
        public int Offset, Size, Strings;
    }
}
