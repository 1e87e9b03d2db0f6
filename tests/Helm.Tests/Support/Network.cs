using k8s.Models;

namespace RdmCloud.Helm.Support;

/// <summary>What the network policies let through, as a cluster reads them.</summary>
sealed class Network(Manifests manifests)
{
    readonly List<V1NetworkPolicy> policies = [.. manifests.Of<V1NetworkPolicy>()];
    readonly List<IDictionary<string, string>> pods = [.. manifests.Pods.Select(pod => pod.Metadata.Labels)];

    /// <summary>All connections between pods of the release, as "from > to:port".</summary>
    public IEnumerable<string> Edges =>
        from source in pods
        from target in pods
        from taken in IngressTo(target).Where(rule => rule.Peers.Any(peer => peer.PodSelector?.Selects(source) == true))
        from port in taken.Ports
        where EgressFrom(source).Any(rule => rule.Ports.Contains(port)
            && (rule.Peers.Count == 0 || rule.Peers.Any(peer => peer.PodSelector?.Selects(target) == true)))
        orderby $"{Name(source)} > {Name(target)}:{port}"
        select $"{Name(source)} > {Name(target)}:{port}";

    /// <summary>From which namespaces a component can be reached, as "namespace > component:port".</summary>
    public IEnumerable<string> FromNamespaces =>
        from target in pods
        from rule in IngressTo(target)
        from peer in rule.Peers.Where(peer => peer.NamespaceSelector is not null)
        from port in rule.Ports
        orderby Name(target), port
        select $"{peer.NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"]} > {Name(target)}:{port}";

    /// <summary>Which components may connect to addresses outside of the cluster, and to which blocks.</summary>
    public IEnumerable<(string Component, V1IPBlock Block, IReadOnlyList<string> Ports)> ToBlocks =>
        from source in pods
        from rule in EgressFrom(source)
        from peer in rule.Peers.Where(peer => peer.IpBlock is not null)
        select (Name(source), peer.IpBlock, rule.Ports);

    /// <summary>Which ports a component may connect to anywhere at all.</summary>
    public IEnumerable<string> ToAnywhere =>
        from source in pods
        from rule in EgressFrom(source).Where(rule => rule.Peers.Count == 0)
        from port in rule.Ports
        orderby Name(source), port
        select $"{Name(source)}:{port}";

    /// <summary>Whether what no policy allows is denied, for every pod and both ways.</summary>
    public bool IsDeniedByDefault => ((string[])["Ingress", "Egress"]).All(way => pods.All(pod =>
        policies.Any(policy => policy.Spec.PodSelector.Selects(pod) && policy.Spec.PolicyTypes.Contains(way))));

    IEnumerable<Rule> IngressTo(IDictionary<string, string> pod) => policies
        .Where(policy => policy.Spec.PodSelector.Selects(pod))
        .SelectMany(policy => policy.Spec.Ingress ?? []).Select(rule => new Rule(rule.FromProperty ?? [], PortsOf(rule.Ports)));

    IEnumerable<Rule> EgressFrom(IDictionary<string, string> pod) => policies
        .Where(policy => policy.Spec.PodSelector.Selects(pod))
        .SelectMany(policy => policy.Spec.Egress ?? []).Select(rule => new Rule(rule.To ?? [], PortsOf(rule.Ports)));

    static List<string> PortsOf(IEnumerable<V1NetworkPolicyPort>? ports) => [.. (ports ?? []).Select(port => port.Port.Value)];

    static string Name(IDictionary<string, string> pod) => pod["app.kubernetes.io/component"];

    sealed record Rule(IList<V1NetworkPolicyPeer> Peers, IReadOnlyList<string> Ports);
}
