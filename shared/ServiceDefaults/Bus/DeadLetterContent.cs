namespace RdmCloud.ServiceDefaults.Bus;

/// <param name="Body">The message with its envelope, as JSON.</param>
public sealed record DeadLetterContent(DeadLetter Letter, string Body);
