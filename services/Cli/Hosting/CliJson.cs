using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RdmCloud.Cli.Bench.Load;
using RdmCloud.Cli.Bench.Scaling;
using RdmCloud.Cli.Bench.Steps;
using RdmCloud.Cli.Databases;
using RdmCloud.Cli.Generate;
using RdmCloud.Cli.Models;

namespace RdmCloud.Cli.Hosting;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GenerateReport))]
[JsonSerializable(typeof(IReadOnlyList<PictureRecord>))]
[JsonSerializable(typeof(DatabaseReport))]
[JsonSerializable(typeof(SearchReport))]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(ScalingReport))]
[JsonSerializable(typeof(StepTimes))]
sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>Compact, with all letters as they are: for files.</summary>
    public static CliJson Compact => With(indented: false);

    /// <summary>For the standard output.</summary>
    public static CliJson Indented => With(indented: true);

    static CliJson With(bool indented) => new(new(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
    });
}
