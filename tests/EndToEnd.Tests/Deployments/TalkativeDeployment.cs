namespace RdmCloud.EndToEnd.Deployments;

/// <summary>One process that logs all there is, as a container does: a JSON object a line, with what it was about.</summary>
public sealed class TalkativeDeployment() : StandaloneDeployment(new()
{
    ["Logging__LogLevel__Default"] = "Trace",
    ["Logging__Console__FormatterName"] = "json",
    ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
});
