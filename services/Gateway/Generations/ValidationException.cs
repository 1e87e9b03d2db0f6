namespace RdmCloud.Gateway.Generations;

/// <summary>A request that is well-formed and cannot be done as it is.</summary>
/// <param name="errors">Messages for people, by the field's name.</param>
public sealed class ValidationException(IDictionary<string, string[]> errors)
    : Exception("The request has fields that are not valid.")
{
    public ValidationException(string field, string message) : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    public IDictionary<string, string[]> Errors => errors;
}
