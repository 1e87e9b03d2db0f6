namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>The broker did not say in time that it has a message. It may have it or not.</summary>
/// <remarks>No <see cref="TimeoutException"/>: a database takes that for its own and does its transaction again.</remarks>
public sealed class UnconfirmedException(string message, TimeSpan waited) : Exception(
    $"The broker has not confirmed a {message} within {waited.TotalSeconds:0.#} s.");
