using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace RdmCloud.Helm.Support;

/// <summary>The settings that a service reads: the options classes of its own assembly and of those that it uses.</summary>
static class Settings
{
    static readonly Dictionary<string, Assembly> services = new()
    {
        ["embedding"] = typeof(Embedding.EmbeddingService).Assembly,
        ["gateway"] = typeof(Gateway.GatewayService).Assembly,
        ["retrieval"] = typeof(Retrieval.RetrievalService).Assembly,
        ["sampling"] = typeof(Sampling.SamplingService).Assembly,
        ["storage"] = typeof(Storage.StorageService).Assembly,
        ["webhooks"] = typeof(Webhooks.WebhooksService).Assembly,
    };

    /// <summary>Those of ASP.NET Core and OpenTelemetry.</summary>
    public static IReadOnlyList<string> OfFrameworks { get; } =
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME"];

    public static IEnumerable<string> Services => services.Keys;

    /// <summary>The property behind an environment variable; null where the service reads none of that name.</summary>
    public static PropertyInfo? Find(string service, string variable)
    {
        var parts = variable.Split("__");
        var type = OptionsOf(services[service]).GetValueOrDefault(parts[0]);
        PropertyInfo? property = null;
        foreach (var part in parts.Skip(1))
            if (int.TryParse(part, out _))
                type = type?.GetGenericArguments().SingleOrDefault();
            else
                (property, type) = (type?.GetProperty(part), type?.GetProperty(part)?.PropertyType);
        return type is null || IsSection(type) ? null : property;
    }

    /// <summary>Whether a value can be read as what the property holds, and is one of those that it may have.</summary>
    public static bool Takes(this PropertyInfo property, string value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type))
            return true; // the value of one element, and all of ours are texts
        var parsed = type == typeof(Uri) ? new Uri(value) : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
        return property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(parsed));
    }

    static Dictionary<string, Type> OptionsOf(Assembly service) => service.GetReferencedAssemblies()
        .Where(name => name.Name!.StartsWith("RdmCloud.", StringComparison.Ordinal)).Select(Assembly.Load).Append(service)
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetField("Section") is { IsLiteral: true })
        .ToDictionary(type => (string)type.GetField("Section")!.GetRawConstantValue()!);

    static bool IsSection(Type type) => type.Namespace!.StartsWith("RdmCloud.", StringComparison.Ordinal) && type.IsClass;
}
