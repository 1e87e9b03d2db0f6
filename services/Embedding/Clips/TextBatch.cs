namespace RdmCloud.Embedding.Clips;

/// <summary>
/// Texts that are embedded in one call. Where it fails each is tried alone, so that no text fails with another.
/// </summary>
sealed class TextBatch(ClipWork<string, (float[] Embedding, bool Truncated)> first, int mostTexts)
{
    readonly List<ClipWork<string, (float[] Embedding, bool Truncated)>> texts = [first];

    public int Count => texts.Count;

    public bool IsFull => texts.Count >= mostTexts;

    public void Fill(ClipQueue<string, (float[] Embedding, bool Truncated)> queue)
    {
        while (!IsFull && queue.TryTake(out var text))
            texts.Add(text);
    }

    public void Embed()
    {
        foreach (var group in texts.GroupBy(text => text.Clip))
            Embed(group.Key, [.. group]);
    }

    static void Embed(IClip clip, ClipWork<string, (float[] Embedding, bool Truncated)>[] texts)
    {
        try
        {
            foreach (var (text, embedded) in texts.Zip(clip.EmbedTexts([.. texts.Select(text => text.Input)])))
                text.Complete(embedded);
        }
        catch (Exception) when (texts.Length > 1)
        {
            foreach (var text in texts)
                Embed(clip, [text]);
        }
        catch (Exception exception)
        {
            texts[0].Fail(exception);
        }
    }
}
