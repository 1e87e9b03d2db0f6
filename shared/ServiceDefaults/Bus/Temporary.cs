using MassTransit;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>Queues of one process, which go with it: for what every process must hear.</summary>
public static class Temporary
{
    internal const string Prefix = "temporary-";

    public static void ToEveryProcess(this IEndpointRegistrationConfigurator endpoint, string what)
    {
        endpoint.Name = $"{Prefix}{what}-";
        endpoint.InstanceId = Guid.NewGuid().ToString("N");
        endpoint.Temporary = true;
    }
}
