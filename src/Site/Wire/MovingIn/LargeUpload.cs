using Microsoft.AspNetCore.Http.Metadata;

namespace LondonDefender.Wire.MovingIn;

/// <summary>A form whose file may be as large as an old paper's export.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LargeUploadAttribute : Attribute, IFormOptionsMetadata
{
    public long? MultipartBodyLengthLimit => MovingInDesk.LargestUpload;
    public bool? BufferBody => null;
    public int? MemoryBufferThreshold => null;
    public long? BufferBodyLengthLimit => null;
    public int? ValueCountLimit => null;
    public int? KeyLengthLimit => null;
    public int? ValueLengthLimit => null;
    public int? MultipartBoundaryLengthLimit => null;
    public int? MultipartHeadersCountLimit => null;
    public int? MultipartHeadersLengthLimit => null;
}
