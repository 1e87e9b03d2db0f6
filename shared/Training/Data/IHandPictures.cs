namespace RdmCloud.Training.Data;

/// <summary>The pictures of one hand.</summary>
interface IHandPictures
{
    /// <summary>The subject as RGB bytes on white, <c>size × size × 3</c>, or null where the hand has no picture of it.</summary>
    byte[]? Draw(EmojiSubject subject, int size);
}
