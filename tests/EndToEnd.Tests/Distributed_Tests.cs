using RdmCloud.EndToEnd.Deployments;

namespace RdmCloud.EndToEnd;

/// <summary>Everything, on six processes.</summary>
public static class Distributed_Tests
{
    public const string Name = "distributed";

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<DistributedDeployment>;

    [Collection(Name)]
    public sealed class Jobs(DistributedDeployment deployment) : Suite.Jobs(deployment);

    [Collection(Name)]
    public sealed class Databases(DistributedDeployment deployment) : Suite.Databases(deployment);

    [Collection(Name)]
    public sealed class Webhooks(DistributedDeployment deployment) : Suite.Webhooks(deployment);

    [Collection(Name)]
    public sealed class Telemetry(DistributedDeployment deployment) : Suite.Telemetry(deployment);

    [Collection(Name)]
    public sealed class Tenancy(DistributedDeployment deployment) : Suite.Tenancy(deployment);

    [Collection(Name)]
    public sealed class Fairness(DistributedDeployment deployment) : Suite.Fairness(deployment);

    [Collection(Name)]
    public sealed class Faults(DistributedDeployment deployment) : Suite.Faults(deployment);

    [Collection(Name)]
    public sealed class Replicas(DistributedDeployment deployment) : Suite.Replicas(deployment);

    [Collection(Name)]
    public sealed class DeadLetters(DistributedDeployment deployment) : Suite.DeadLetters(deployment);
}
