using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace LondonDefender.Wire.MovingOut;

/// <summary>
/// Writes a ZIP as it comes, to somebody who may be at the end of a line: nothing is gone back to, and what has to be known at the end waits in a
/// file, so that a million entries need no memory. The same entries make the same bytes: no entry has a time.
/// </summary>
internal sealed class ZipWriter(Stream to) : IAsyncDisposable
{
    private const ushort Version = 45, WithUtf8Names = 0x0800, SizesFollow = 0x0008, Deflated = 8, NewYear1980 = 0x21, OnUnix = 3 << 8;
    private const uint PlainFile = 0x81A4u << 16;

    private readonly CountingStream written = new(to);
    private readonly FileStream directory = Spool(), checksums = Spool();
    private long entries;

    public const string Checksums = "checksums.sha256";

    public long Length => written.Count;

    /// <param name="mayBeLarge">More than four gigabytes.</param>
    public async Task<string> AddAsync(string name, Func<Stream, Task> write, CancellationToken ct, bool mayBeLarge = false, CompressionLevel level = CompressionLevel.Optimal)
    {
        var hash = await WriteAsync(name, write, mayBeLarge, level, ct);
        await checksums.WriteAsync(Encoding.UTF8.GetBytes($"{hash}  {name}\n"), ct);
        return hash;
    }

    public Task<string> AddAsync(string name, string text, CancellationToken ct) => AddAsync(name, entry => entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct).AsTask(), ct);

    /// <summary>The list of all entries so far with their checksums, as sha256sum reads it; it is not in itself.</summary>
    public Task<string> AddChecksumsAsync(CancellationToken ct)
    {
        checksums.Position = 0;
        return WriteAsync(Checksums, entry => checksums.CopyToAsync(entry, ct), false, CompressionLevel.Optimal, ct);
    }

    /// <summary>An entry that nothing speaks of: the last.</summary>
    public Task<string> AddLastAsync(string name, byte[] content, CancellationToken ct) => WriteAsync(name, entry => entry.WriteAsync(content, ct).AsTask(), false, CompressionLevel.Optimal, ct);

    public async Task FinishAsync(CancellationToken ct)
    {
        var (start, length) = (written.Count, directory.Length);
        directory.Position = 0;
        await directory.CopyToAsync(written, ct);
        var end = new Bytes();
        if (entries >= ushort.MaxValue || start >= uint.MaxValue || length >= uint.MaxValue)
        {
            var at = written.Count;
            end.Four(0x06064b50).Eight(44).Two(OnUnix | Version).Two(Version).Four(0).Four(0).Eight(entries).Eight(entries).Eight(length).Eight(start);
            end.Four(0x07064b50).Four(0).Eight(at).Four(1);
        }

        end.Four(0x06054b50).Two(0).Two(0).Two((ushort)Math.Min(entries, ushort.MaxValue)).Two((ushort)Math.Min(entries, ushort.MaxValue))
            .Four((uint)Math.Min(length, uint.MaxValue)).Four((uint)Math.Min(start, uint.MaxValue)).Two(0);
        await written.WriteAsync(end.ToArray(), ct);
        await written.FlushAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await directory.DisposeAsync();
        await checksums.DisposeAsync();
    }

    private async Task<string> WriteAsync(string name, Func<Stream, Task> write, bool isLarge, CompressionLevel level, CancellationToken ct)
    {
        var at = written.Count;
        var called = Encoding.UTF8.GetBytes(name);
        var unknown = isLarge ? uint.MaxValue : 0;
        var header = new Bytes().Four(0x04034b50).Two(Version).Two(WithUtf8Names | SizesFollow).Two(Deflated).Two(0).Two(NewYear1980).Four(0).Four(unknown).Four(unknown)
            .Two((ushort)called.Length).Two((ushort)(isLarge ? 20 : 0)).Raw(called);
        if (isLarge)
            header.Two(1).Two(16).Eight(0).Eight(0);
        await written.WriteAsync(header.ToArray(), ct);

        var begins = written.Count;
        using var content = new MeasuredStream();
        await using (var packed = new DeflateStream(written, level, leaveOpen: true))
        {
            content.Next = packed;
            await write(content);
        }

        var packedLength = written.Count - begins;
        if (!isLarge && (content.Count >= uint.MaxValue || packedLength >= uint.MaxValue))
            throw new InvalidOperationException($"{name} is larger than it was said to be.");

        var sizes = new Bytes().Four(0x08074b50).Four(content.Crc);
        if (isLarge)
            sizes.Eight(packedLength).Eight(content.Count);
        else
            sizes.Four((uint)packedLength).Four((uint)content.Count);
        await written.WriteAsync(sizes.ToArray(), ct);

        var needsMore = content.Count >= uint.MaxValue || packedLength >= uint.MaxValue || at >= uint.MaxValue;
        var entry = new Bytes().Four(0x02014b50).Two(OnUnix | Version).Two(Version).Two(WithUtf8Names | SizesFollow).Two(Deflated).Two(0).Two(NewYear1980).Four(content.Crc)
            .Four(needsMore ? uint.MaxValue : (uint)packedLength).Four(needsMore ? uint.MaxValue : (uint)content.Count)
            .Two((ushort)called.Length).Two((ushort)(needsMore ? 28 : 0)).Two(0).Two(0).Two(0).Four(PlainFile).Four(needsMore ? uint.MaxValue : (uint)at).Raw(called);
        if (needsMore)
            entry.Two(1).Two(24).Eight(content.Count).Eight(packedLength).Eight(at);
        await directory.WriteAsync(entry.ToArray(), ct);
        entries++;
        return content.Hash();
    }

    private static FileStream Spool() => NewFile.ForUsAlone(Path.Combine(Path.GetTempPath(), $"london-defender-{Guid.NewGuid():N}"), FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private sealed class Bytes
    {
        private readonly MemoryStream bytes = new();

        public Bytes Two(int value) => Number(value, 2);
        public Bytes Four(uint value) => Number(value, 4);
        public Bytes Eight(long value) => Number(value, 8);

        public Bytes Raw(byte[] value)
        {
            bytes.Write(value);
            return this;
        }

        public byte[] ToArray() => bytes.ToArray();

        private Bytes Number(long value, int length)
        {
            Span<byte> eight = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(eight, value);
            bytes.Write(eight[..length]);
            return this;
        }
    }

    private sealed class CountingStream(Stream next) : PassingStream
    {
        public long Count { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await next.WriteAsync(buffer, cancellationToken);
            Count += buffer.Length;
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            next.Write(buffer);
            Count += buffer.Length;
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => next.FlushAsync(cancellationToken);
    }

    private sealed class MeasuredStream : PassingStream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private uint crc = uint.MaxValue;

        public Stream Next { private get; set; } = Null;
        public long Count { get; private set; }
        public uint Crc => ~crc;

        public string Hash() => Convert.ToHexStringLower(hash.GetHashAndReset());

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Measure(buffer.Span);
            return Next.WriteAsync(buffer, cancellationToken);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Measure(buffer);
            Next.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            hash.Dispose();
            base.Dispose(disposing);
        }

        private void Measure(ReadOnlySpan<byte> bytes)
        {
            Count += bytes.Length;
            hash.AppendData(bytes);
            var sum = crc;
            foreach (var value in bytes)
                sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
            crc = sum;
        }

        private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(number => Enumerable.Range(0, 8).Aggregate((uint)number, (sum, _) => (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320))];
    }

    /// <summary>Is only written to, from its beginning to its end.</summary>
    private abstract class PassingStream : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
