namespace RdmCloud.Gateway.Access;

public sealed record KeysView(IReadOnlyList<KeyView> Items);
