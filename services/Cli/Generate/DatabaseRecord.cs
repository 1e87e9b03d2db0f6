namespace RdmCloud.Cli.Generate;

sealed record DatabaseRecord(string Name, double Weight);
