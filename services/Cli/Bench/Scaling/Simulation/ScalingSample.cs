namespace RdmCloud.Cli.Bench.Scaling.Simulation;

/// <summary>A moment of the simulation.</summary>
/// <param name="Waiting">Jobs that no pod has taken.</param>
/// <param name="Pods">All that hold a device.</param>
sealed record ScalingSample(double At, int Waiting, int Pods, int Ready);
