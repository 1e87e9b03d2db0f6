namespace RdmCloud.Gateway.Dispatch;

/// <param name="Pictures">Still to be drawn; see <see cref="Backlog.CountAsync"/>.</param>
public sealed record BacklogView(int Pictures);
