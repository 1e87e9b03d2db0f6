namespace RdmCloud.ServiceDefaults.Bus;

/// <param name="Queue">Where it lies.</param>
/// <param name="Id">The message's id, the same each time it is sent again.</param>
/// <param name="MessageType">The command's name; null where the message is none of ours.</param>
/// <param name="Job">The id of the job that it is about, if any.</param>
/// <param name="Reason">For the operator: why it was given up.</param>
/// <param name="Time">When it was given up; null where that is not known.</param>
/// <param name="Count">How often it has come here: once, and again each time that it was sent again in vain.</param>
public sealed record DeadLetter(
    string Queue, string Id, string? MessageType, string? Job, string Reason, DateTimeOffset? Time, int Count);
