namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>Nothing comes over the bus any more, though its broker answers.</summary>
public sealed class BusLostException(TimeSpan silence) : Exception(
    $"Nothing came over the bus for {silence.TotalSeconds:0.#} s, though its broker answers. This process ends, to be started again.");
