namespace RdmCloud.Storage.Retention;

/// <param name="Entry">The key of its line in the index.</param>
sealed record ExpiredJob(string Tenant, string Job, string Entry);
