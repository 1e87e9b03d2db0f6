namespace RdmCloud.Contracts.Stages;

/// <summary>Asks a stage of the chain to do its part of a generation.</summary>
public interface IStageCommand
{
    JobReference Job { get; }

    Generations.Generation Generation { get; }

    static abstract Stage Stage { get; }
}
