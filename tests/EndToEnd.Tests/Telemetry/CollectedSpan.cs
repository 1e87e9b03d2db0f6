using Google.Protobuf;
using RdmCloud.EndToEnd.Telemetry.Wire;

namespace RdmCloud.EndToEnd.Telemetry;

/// <param name="Parent">Empty where it is the first of its trace.</param>
/// <param name="Job">What it is about, where it says so.</param>
public sealed record CollectedSpan(string Service, string Name, string Trace, string Id, string Parent, string? Job)
{
    internal static CollectedSpan Of(Resource resource, Span span) => new(Value(resource.Attributes, "service.name")!, span.Name,
        Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId), Value(span.Attributes, "rdm.job"));

    static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    static string? Value(IEnumerable<KeyValue> attributes, string key) =>
        attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value.StringValue;
}
