namespace RdmCloud.Webhooks.Addresses;

/// <summary>The message tells a tenant nothing of the network inside.</summary>
sealed class ForbiddenAddressException()
    : Exception("Its address is not one of the public internet, or its port not one of the web.");
