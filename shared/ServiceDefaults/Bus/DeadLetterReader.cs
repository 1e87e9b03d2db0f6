using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>What a message, its headers and its envelope say of why it was given up. Nothing about them is certain.</summary>
static class DeadLetterReader
{
    /// <summary>The header that counts how often a message was sent again.</summary>
    public const string SentAgain = "Rdm-Sent-Again";

    public static DeadLetter Read(string queue, BasicGetResult message)
    {
        var envelope = Envelope(message.Body.Span);
        var headers = message.BasicProperties.Headers;
        var death = (Header(headers, "x-death") as IList<object>)?.FirstOrDefault() as IDictionary<string, object?>;
        return new(
            queue,
            Text(envelope?["messageId"]) ?? message.BasicProperties.MessageId
                ?? Convert.ToHexStringLower(SHA256.HashData(message.Body.Span)),
            Text(At(envelope?["messageType"], 0))?.Split(':')[^1],
            Text(At(At(envelope?["message"], "job"), "job")),
            Reason(queue, headers, death),
            Time(headers, death),
            1 + SentAgainCount(message.BasicProperties));
    }

    public static int SentAgainCount(IReadOnlyBasicProperties message) => Header(message.Headers, SentAgain) as int? ?? 0;

    static string Reason(string queue, IDictionary<string, object?>? headers, IDictionary<string, object?>? death)
    {
        if (queue.EndsWith(Rabbit.Skipped, StringComparison.Ordinal))
            return "No service knows such a message.";
        if (queue.EndsWith(Rabbit.Dead, StringComparison.Ordinal))
            return Text(Header(death, "reason")) is { } reason and not "delivery_limit"
                ? $"The broker gave it up: {reason}."
                : "Each process that took it ended before it was done.";
        return $"{Text(Header(headers, "MT-Fault-ExceptionType"))}: {Text(Header(headers, "MT-Fault-Message"))}";
    }

    static DateTimeOffset? Time(IDictionary<string, object?>? headers, IDictionary<string, object?>? death)
    {
        if (DateTimeOffset.TryParse(Text(Header(headers, "MT-Fault-Timestamp")), CultureInfo.InvariantCulture, out var fault))
            return fault;
        return Header(death, "time") is AmqpTimestamp time ? DateTimeOffset.FromUnixTimeSeconds(time.UnixTime) : null;
    }

    static object? Header(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) ? value : null;

    static JsonObject? Envelope(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static JsonNode? At(JsonNode? node, int index) => node is JsonArray array && index < array.Count ? array[index] : null;

    static JsonNode? At(JsonNode? node, string name) => node is JsonObject thing ? thing[name] : null;

    static string? Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        JsonValue json when json.TryGetValue(out string? text) => text,
        string text => text,
        _ => null,
    };
}
