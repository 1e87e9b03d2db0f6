using RdmCloud.Training.Data;

namespace RdmCloud.Training.Clip;

public class ClipBatches_Tests
{
    static readonly DatasetImage[] Images =
    [
        .. from hand in (string[])["twemoji", "noto", "fluent-3d", "streamline-emojis"]
           from subject in Enumerable.Range(0, 60)
           select Caption_Tests.Picture(hand, $"1f{subject:x3}", $"thing {subject}", $"keyword {subject % 7}")
    ];

    readonly ClipBatches batches = new(Images, _ => ClipBatches.TrainedFinishes);

    [Fact]
    public void Next_ManyBatches_NeverHoldPicturesHeldOut()
    {
        var random = new Random(1);

        var drawn = Enumerable.Range(0, 200).SelectMany(_ => batches.Next(40, random).Pictures).ToArray();

        Assert.Contains(Images, image => image.Hand == "twemoji" && DatasetSplit.IsHeldOutPair(image.Hand, image.Key));
        Assert.DoesNotContain(
            drawn, picture => DatasetSplit.IsHeldOutPair(Images[picture.Index].Hand, Images[picture.Index].Key));
        Assert.DoesNotContain(drawn, picture => ClipBatches.UnseenHands.Contains(Images[picture.Index].Hand));
        Assert.DoesNotContain(drawn, picture => ClipBatches.UnseenFinishes.Contains(picture.Finish?.Id));
    }

    [Fact]
    public void Next_ManyBatches_HaveACaptionForEveryPictureAndNoMoreThanAsked()
    {
        var random = new Random(2);

        Assert.All(Enumerable.Range(0, 50).Select(_ => batches.Next(40, random)), batch =>
        {
            Assert.InRange(batch.Pictures.Count, 39, 40);
            Assert.All(batch.Pictures, picture =>
                Assert.Contains(batch.Captions, caption => caption.Describes(Images[picture.Index], picture.Finish)));
        });
    }

    [Fact]
    public void Next_ManyBatches_NameTheStyleInSomeAndThenInEveryCaption()
    {
        var random = new Random(3);

        var styled = Enumerable.Range(0, 200)
            .Select(_ => batches.Next(40, random).Captions
                .Average(caption => caption.Hand is null && caption.Finish is null ? 0.0 : 1))
            .ToArray();

        Assert.All(styled, share => Assert.True(share is 0 or 1));
        Assert.InRange(styled.Average(), 0.3, 0.5);
    }

    [Fact]
    public void Matches_OfABatch_AreWhatTheCaptionsDescribe()
    {
        var batch = new ClipBatch(
            [new(0), new(61)], [new("thing 0", Images[0].Key), new("keyword 1", Images[0].Key, "keyword 1")]);

        using var matches = batch.Matches(Images);

        Assert.Equal<IEnumerable<bool>>([true, false, false, true], matches.data<bool>());
    }
}
