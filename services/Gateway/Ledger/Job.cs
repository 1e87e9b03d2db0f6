using System.Text.Json;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Contracts.Webhooks;
using Chain = RdmCloud.Contracts.Stages.Stage;

namespace RdmCloud.Gateway.Ledger;

/// <summary>
/// A job and all that is known of it. Its methods are the only way its state changes; each ignores what the state has passed,
/// because every event may arrive twice and late.
/// </summary>
public sealed class Job
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The API key that submitted it; null where none was needed.</summary>
    public string? ApiKey { get; init; }

    public JobStatus Status { get; private set; }

    /// <summary>Where it is in the chain while it is processed; where it was when it ended.</summary>
    public Stage? Stage { get; private set; }

    public required Lane Lane { get; init; }

    /// <summary>0…9 among the tenant's own jobs; the higher goes first.</summary>
    public required int Priority { get; init; }

    /// <summary>The model's name: its workers alone can draw this.</summary>
    public required string Model { get; init; }

    public required int Pictures { get; init; }

    /// <summary>Pictures × steps: what it takes of the tenant's share.</summary>
    public required int Cost { get; init; }

    /// <summary>1 for the first walk through the chain, counted up by failures that may pass.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>How often it was sent again because nothing was heard of it.</summary>
    public int Resends { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>It waits until then, after a failure.</summary>
    public DateTimeOffset StartAfter { get; private set; }

    /// <summary>When a worker took it to draw.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>It has expired if no worker has taken it by then.</summary>
    public DateTimeOffset? StartBy { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When its stage is thought to have lost it.</summary>
    public DateTimeOffset? HeardBy { get; private set; }

    /// <summary>When its results are deleted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The results are gone.</summary>
    public bool ResultsDeleted { get; private set; }

    /// <summary>A <see cref="Contracts.Generations.Generation"/> as JSON.</summary>
    public required string Generation { get; init; }

    /// <summary>The client's own labels, as JSON.</summary>
    public required string Metadata { get; init; }

    /// <summary>A <see cref="WebhookTarget"/> as JSON, or null.</summary>
    public string? Webhook { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>The job whose picture is drawn again.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>The neighbors as JSON, once they are found.</summary>
    public string? Neighbors { get; private set; }

    /// <summary>An <see cref="ImagesStored"/> as JSON, once there is one.</summary>
    public string? Result { get; private set; }

    /// <summary>Why it failed, for people.</summary>
    public string? Error { get; private set; }

    /// <summary>How long devices worked on it.</summary>
    public double DeviceSeconds { get; private set; }

    /// <summary>The number of its last event.</summary>
    public int LastEvent { get; private set; }

    /// <summary>Counts changes, so that two at once are noticed.</summary>
    public long Version { get; private set; }

    public List<JobEvent> Events { get; } = [];

    public List<JobTag> Tags { get; init; } = [];

    public bool IsOver => Status > JobStatus.Processing;

    public JobReference Reference => new(Tenant, Id, Attempt, TraceParent);

    public void Accepted(int position, DateTimeOffset now)
    {
        StartAfter = now;
        Record(JobEventTypes.Queued, new { position }, now);
    }

    public void Dispatched(DateTimeOffset heardBy)
    {
        (Status, Stage, HeardBy) = (JobStatus.Processing, Chain.Embedding, heardBy);
        Version++;
    }

    /// <summary>It could not be sent, or was not heard of: it waits for its turn again.</summary>
    public void Requeued(DateTimeOffset startAfter)
    {
        (Status, Stage, HeardBy, StartAfter) = (JobStatus.Queued, null, null, startAfter);
        Resends++;
        Version++;
    }

    public void Embedded(PromptEmbedded outcome, DateTimeOffset heardBy, DateTimeOffset now)
    {
        if (Advance(outcome.Job, Chain.Retrieval, heardBy))
            Record(JobEventTypes.Embedded, new { truncated = outcome.Truncated }, now);
    }

    public void Retrieved(NeighborsRetrieved outcome, DateTimeOffset heardBy, DateTimeOffset now)
    {
        if (!Advance(outcome.Job, Chain.Sampling, heardBy))
            return;
        Neighbors = LedgerJson.Write(outcome.Neighbors);
        Record(JobEventTypes.Retrieved, new { neighbors = outcome.Neighbors }, now);
    }

    public void Progressed(SamplingProgressed outcome, DateTimeOffset heardBy, DateTimeOffset now)
    {
        if (IsOver || outcome.Job.Attempt < Attempt || Stage is Chain.Storage)
            return;
        HeardBy = heardBy;
        if (StartedAt is null)
        {
            StartedAt = now;
            Record(JobEventTypes.Started, new { }, now);
        }
        Record(JobEventTypes.Progress, new { step = outcome.Step, of = outcome.Steps }, now);
    }

    public void Previewed(PreviewDrawn outcome, DateTimeOffset now)
    {
        if (!IsOver && Stage is not Chain.Storage)
            Record(JobEventTypes.Preview, new { picture = outcome.Picture, step = outcome.Step, key = outcome.Key }, now);
    }

    public void Sampled(ImagesSampled outcome, DateTimeOffset heardBy)
    {
        if (Advance(outcome.Job, Chain.Storage, heardBy))
            DeviceSeconds += outcome.Seconds;
    }

    /// <summary>Whichever walk through the chain it was, the pictures are the same.</summary>
    public void Stored(ImagesStored outcome, DateTimeOffset now)
    {
        if (IsOver)
            return;
        Result = LedgerJson.Write(outcome);
        Stage = Chain.Storage;
        End(JobStatus.Completed, JobEventTypes.Completed, now);
    }

    /// <param name="retryAt">When it may be tried again, where that could help.</param>
    public void Failed(StageFailed outcome, DateTimeOffset retryAt, DateTimeOffset now)
    {
        if (IsOver || Status == JobStatus.Queued || outcome.Job.Attempt < Attempt)
            return;
        if (outcome.Transient)
        {
            Attempt++;
            (Status, Stage, HeardBy, StartAfter) = (JobStatus.Queued, null, null, retryAt);
            Record(JobEventTypes.Retrying, new { stage = outcome.Stage, attempt = Attempt, at = retryAt }, now);
        }
        else
            Fail(outcome.Stage, outcome.Reason, now);
    }

    public void Fail(Stage? stage, string reason, DateTimeOffset now)
    {
        (Stage, Error) = (stage, reason);
        End(JobStatus.Failed, JobEventTypes.Failed, now);
    }

    public void Cancel(DateTimeOffset now)
    {
        if (!IsOver)
            End(JobStatus.Canceled, JobEventTypes.Canceled, now);
    }

    public void Expire(DateTimeOffset now)
    {
        if (!IsOver)
            End(JobStatus.Expired, JobEventTypes.Expired, now);
    }

    /// <summary>A failed job is tried again: what lies in the dead letters was sent anew.</summary>
    public void Reopen(DateTimeOffset now, DateTimeOffset heardBy)
    {
        if (Status != JobStatus.Failed)
            return;
        (Status, Error, CompletedAt, HeardBy) = (JobStatus.Processing, null, null, heardBy);
        Record(JobEventTypes.Retrying, new { stage = Stage, attempt = Attempt, at = now }, now);
    }

    public void LoseResults()
    {
        ResultsDeleted = true;
        Version++;
    }

    bool Advance(JobReference reference, Stage stage, DateTimeOffset heardBy)
    {
        if (Status != JobStatus.Processing || reference.Attempt < Attempt || Stage >= stage)
            return false;
        (Stage, HeardBy) = (stage, heardBy);
        Version++;
        return true;
    }

    void End(JobStatus status, string type, DateTimeOffset now)
    {
        (Status, CompletedAt, HeardBy) = (status, now, null);
        Record(type, new { status, error = Error }, now);
    }

    void Record(string type, object data, DateTimeOffset now)
    {
        Events.Add(new()
        {
            Job = Id, Sequence = ++LastEvent, Type = type, Data = JsonSerializer.Serialize(data, LedgerJson.Options), At = now,
        });
        Version++;
    }
}
