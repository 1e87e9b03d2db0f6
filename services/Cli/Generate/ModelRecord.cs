namespace RdmCloud.Cli.Generate;

sealed record ModelRecord(string Name, string Hash);
