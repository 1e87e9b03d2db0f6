using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace RdmCloud.Helm.Support;

/// <summary>The objects of one rendering: of those that Kubernetes itself knows every field is read strictly.</summary>
sealed class Manifests
{
    static readonly string[] groupsOfOthers = ["keda.sh/", "monitoring.coreos.com/"];

    readonly List<object> known = [];

    /// <summary>All objects.</summary>
    public List<JsonNode> All { get; } = [];

    public IEnumerable<V1Deployment> Deployments => Of<V1Deployment>();

    /// <summary>The pods of the services and of the bundled dependencies.</summary>
    public IEnumerable<V1PodTemplateSpec> Pods =>
        [.. Deployments.Select(deployment => deployment.Spec.Template), .. Of<V1StatefulSet>().Select(set => set.Spec.Template)];

    /// <exception cref="YamlDotNet.Core.YamlException">An object has a field that its kind does not know.</exception>
    public static Manifests Read(string text)
    {
        var manifests = new Manifests();
        foreach (var document in text.Split("\n---\n"))
        {
            var json = Yaml.Parse(document)!;
            manifests.All.Add(json);
            if (!groupsOfOthers.Any(group => ((string)json["apiVersion"]!).StartsWith(group, StringComparison.Ordinal)))
                manifests.known.AddRange(KubernetesYaml.LoadAllFromString(document, strict: true));
        }
        return manifests;
    }

    public IEnumerable<T> Of<T>() => known.OfType<T>();

    public V1Deployment Deployment(string service) =>
        Deployments.Single(deployment => deployment.Spec.Template.Component() == service);

    /// <summary>The objects of a kind that Kubernetes itself does not know.</summary>
    public IEnumerable<JsonNode> Of(string kind) => All.Where(json => (string?)json["kind"] == kind);
}
