using System.ComponentModel.DataAnnotations;

namespace RdmCloud.ObjectStore.Hosting;

/// <summary>The address of a server: http or https, no credentials, no query, and no path unless allowed.</summary>
sealed class HttpUrlAttribute(string setting) : ValidationAttribute
{
    public bool AllowPath { get; set; }

    public override bool IsValid(object? value) =>
        value is not Uri url
        || (url.IsAbsoluteUri
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url is { UserInfo: "", Query: "", Fragment: "" }
            && (AllowPath || url.AbsolutePath == "/"));

    public override string FormatErrorMessage(string name) =>
        $"{setting} must be an address such as {(AllowPath ? "https://rdm.example.org/app" : "http://localhost:9000")}, "
        + $"with http or https in front and {(AllowPath ? "no query" : "nothing behind the port")}.";
}
