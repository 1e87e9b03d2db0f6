namespace RdmCloud.Embedding.Clips;

/// <summary>Something that waits to be embedded.</summary>
sealed class ClipWork<TInput, TAnswer>(IClip clip, TInput input)
{
    readonly TaskCompletionSource<TAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IClip Clip => clip;

    public TInput Input => input;

    public Task<TAnswer> Answer => answer.Task;

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsOver => answer.Task.IsCompleted;

    public void Complete(TAnswer value) => answer.TrySetResult(value);

    public void Fail(Exception exception) => answer.TrySetException(exception);

    public void Cancel(CancellationToken cancellationToken = default) => answer.TrySetCanceled(cancellationToken);
}
