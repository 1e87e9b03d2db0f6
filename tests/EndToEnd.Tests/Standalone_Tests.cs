using RdmCloud.EndToEnd.Deployments;

namespace RdmCloud.EndToEnd;

/// <summary>Everything, on one process.</summary>
public static class Standalone_Tests
{
    public const string Name = "standalone";

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<StandaloneDeployment>;

    [Collection(Name)]
    public sealed class Jobs(StandaloneDeployment deployment) : Suite.Jobs(deployment);

    [Collection(Name)]
    public sealed class Databases(StandaloneDeployment deployment) : Suite.Databases(deployment);

    [Collection(Name)]
    public sealed class Webhooks(StandaloneDeployment deployment) : Suite.Webhooks(deployment);

    [Collection(Name)]
    public sealed class Telemetry(StandaloneDeployment deployment) : Suite.Telemetry(deployment);

    [Collection(Name)]
    public sealed class Tenancy(StandaloneDeployment deployment) : Suite.Tenancy(deployment);

    [Collection(Name)]
    public sealed class Fairness(StandaloneDeployment deployment) : Suite.Fairness(deployment);
}
