using k8s.Models;

namespace RdmCloud.Helm.Support;

static class Pods
{
    public static string Component(this V1PodTemplateSpec pod) => pod.Metadata.Labels["app.kubernetes.io/component"];

    public static V1Container Container(this V1PodTemplateSpec pod) => Assert.Single(pod.Spec.Containers);

    /// <summary>Whether a selector chooses what has these labels.</summary>
    public static bool Selects(this V1LabelSelector selector, IDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(labels.Contains)
        && (selector.MatchExpressions ?? []).All(expression => expression is { OperatorProperty: "In" }
            && labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value));
}
