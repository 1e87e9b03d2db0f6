namespace RdmCloud.Cli.Hosting;

/// <summary>The command line asks for what cannot be; the message names the option and what is allowed.</summary>
sealed class UsageException(string message) : Exception(message);
