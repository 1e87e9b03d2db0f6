namespace RdmCloud.ServiceDefaults.Dapr;

public enum DaprMode
{
    /// <summary>On where the environment tells of a sidecar.</summary>
    Auto,

    On,

    Off,
}
