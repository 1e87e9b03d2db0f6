using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace RdmCloud.Cli.Hosting;

/// <summary>Options that check their values and say in one line what is allowed.</summary>
static class OptionOf
{
    public static Option<string?> Model() => Folder(
        "--model", "The model's folder. [default: $RDM_MODEL, or the first models/*-rdm in this folder or one above]");

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    /// <summary>A number between two bounds, both allowed; null where the option is not given.</summary>
    public static Option<T?> Number<T>(string name, string description, T least, T most) where T : struct, INumber<T> => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = value =>
        {
            var text = value.Tokens[^1].Value;
            if (Parse(text, least, most) is { } number)
                return number;
            value.AddError(
                $"{name} must be a {(FractionOf<T>() == 0 ? "whole " : "")}number from {least} to {most}, not '{text}'.");
            return null;
        },
    };

    /// <summary>Numbers between two bounds, with commas.</summary>
    public static Option<T[]> Numbers<T>(string name, string description, T least, T most, params T[] defaults)
        where T : struct, INumber<T> =>
        new(name)
        {
            Description = description,
            HelpName = "N[,N…]",
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => defaults,
            CustomParser = value =>
            {
                var numbers = new List<T>();
                foreach (var text in value.Tokens[^1].Value.Split(','))
                    if (Parse(text, least, most) is { } number)
                        numbers.Add(number);
                    else
                        value.AddError(
                            $"{name} must be {(FractionOf<T>() == 0 ? "whole " : "")}numbers from {least} to {most} "
                            + $"with commas between, not '{text}'.");
                return [.. numbers];
            },
        };

    /// <summary>One of some names.</summary>
    public static Option<T?> Choice<T>(string name, string description, IReadOnlyDictionary<string, T> choices)
        where T : struct =>
        new(name)
        {
            Description = description,
            HelpName = string.Join('|', choices.Keys),
            CustomParser = value =>
            {
                var text = value.Tokens[^1].Value;
                if (choices.TryGetValue(text, out var choice))
                    return choice;
                value.AddError($"{name} must be one of {string.Join(", ", choices.Keys)}, not '{text}'.");
                return null;
            },
        };

    public static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    public static Option<string?> File(string name, string description) => Existing(
        new Option<string?>(name) { Description = description, HelpName = "FILE" }, name, "file", System.IO.File.Exists);

    public static Option<string?> Folder(string name, string description) => Existing(
        new Option<string?>(name) { Description = description, HelpName = "DIR" }, name, "folder", Directory.Exists);

    public static Option<string[]> Texts(string name, string description, string helpName) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };

    public static Option<string> Output(string description) =>
        new("-o", "--output") { Description = description, HelpName = "DIR", Required = true };

    static Option<string?> Existing(Option<string?> option, string name, string kind, Predicate<string> exists)
    {
        option.Validators.Add(result => ArgumentChecks.Check(result, name, kind, exists));
        return option;
    }

    static T? Parse<T>(string text, T least, T most) where T : struct, INumber<T> =>
        T.TryParse(
            text, NumberStyles.Integer & ~NumberStyles.AllowTrailingWhite | FractionOf<T>(),
            CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most ? number : null;

    static NumberStyles FractionOf<T>() where T : struct, INumber<T> =>
        T.CreateTruncating(0.5) == T.Zero ? 0 : NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
}
