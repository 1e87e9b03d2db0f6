namespace RdmCloud.Gateway.Generations;

public sealed record JobUrls(string Self, string Events, string Cancel, string Replay)
{
    public static JobUrls Of(string job) => new($"/v1/generations/{job}", $"/v1/generations/{job}/events",
        $"/v1/generations/{job}/cancel", $"/v1/generations/{job}/replay");
}
