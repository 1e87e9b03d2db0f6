namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>The number format of a stored tensor.</summary>
public enum ElementType
{
    Float64,
    Float32,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Bool,
}
