using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Admin;

public sealed record DeadLettersView(IReadOnlyList<DeadLetter> Items);
