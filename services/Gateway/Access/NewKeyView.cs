namespace RdmCloud.Gateway.Access;

/// <param name="Key">The whole key, which is shown this once.</param>
public sealed record NewKeyView(string Key, KeyView Details);
