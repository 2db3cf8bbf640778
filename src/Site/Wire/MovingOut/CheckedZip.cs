using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace LondonDefender.Wire.MovingOut;

/// <summary>A file that a whole paper travels in, as it is read: nothing of it is believed before all of it was looked at.</summary>
public sealed class CheckedZip : IDisposable
{
    private const long LargestManifest = 64 << 20;

    // A paper’s texts are packed to a third or a tenth; what was made to burst is packed a thousand times.
    private const long MostPacked = 200, TooSmallToMind = 1 << 20;

    private readonly string path;
    private readonly ZipArchive zip;

    private CheckedZip(string path, ZipArchive zip, Manifest manifest) => (this.path, this.zip, Manifest) = (path, zip, manifest);

    public Manifest Manifest { get; }

    /// <summary>Opens it, and reads every byte of it.</summary>
    /// <exception cref="CannotMove">It is torn, changed, of another kind or of another version.</exception>
    public static async Task<CheckedZip> OpenAsync(string path, string kind, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new CannotMove($"There is no file {Path.GetFullPath(path)}.");

        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true), ZipArchiveMode.Read);
            RefuseOddNames(path, zip);
            var opened = new CheckedZip(path, zip, await ManifestAsync(path, zip, kind, ct));
            await opened.CheckAsync(ct);
            return opened;
        }
        catch (Exception problem)
        {
            zip?.Dispose();
            if (problem is InvalidDataException or EndOfStreamException)
                throw new CannotMove($"{path} is no whole file: a part of it is missing, or was changed ({problem.Message.TrimEnd('.')}).", problem);
            if (problem is UnauthorizedAccessException or IOException)
                throw new CannotMove($"{path} could not be read: {problem.Message.TrimEnd('.')}.", problem);
            throw;
        }
    }

    /// <summary>Null where there is none of that name.</summary>
    public Stream? Open(string name) => zip.GetEntry(name) is { } entry ? new BoundedStream(entry.Open(), entry.Length, () => Torn(path, name)) : null;

    public void Dispose() => zip.Dispose();

    private static void RefuseOddNames(string path, ZipArchive zip)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName;
            if (name.Length == 0 || name[0] == '/' || name.AsSpan().ContainsAny('\\', ':', '\0') || name.Split('/').Any(part => part is "" or "." or ".."))
                throw new CannotMove($"{path} has an entry that leads out of it (“{name}”), which none of ours does. Nothing was taken from it.");
            if (!names.Add(name))
                throw new CannotMove($"{path} has two entries called “{name}”. Nothing was taken from it.");
            if (entry.Length > TooSmallToMind && entry.Length / MostPacked > entry.CompressedLength)
                throw new CannotMove($"{path} has an entry (“{name}”) that would become {entry.Length / Math.Max(1, entry.CompressedLength)} times as large when it is unpacked, as no paper’s does. Nothing was taken from it.");
        }
    }

    private static async Task<Manifest> ManifestAsync(string path, ZipArchive zip, string kind, CancellationToken ct)
    {
        if (zip.GetEntry(Manifest.FileName) is not { Length: <= LargestManifest } entry)
            throw new CannotMove($"{path} is no paper of ours: it has no {Manifest.FileName}.");

        var manifest = await ReadAsync(path, entry, ct);
        if (manifest.Kind is not (Manifest.OfExport or Manifest.OfBackup))
            throw new CannotMove($"{path} is no paper of ours: its {Manifest.FileName} says it is “{manifest.Kind}”.");
        if (manifest.Form != Manifest.FormOfToday)
            throw new CannotMove($"{path} was written in form {manifest.Form}, by version {manifest.Program}; this version reads form {Manifest.FormOfToday}. Use the version that wrote it, or a newer one.");
        if (manifest.Kind != kind)
            throw new CannotMove(kind == Manifest.OfExport
                ? $"{path} is a backup, with people’s secrets in it: `restore` brings it back. `import-paper` takes exports."
                : $"{path} is an export, without people’s secrets: `import-paper` takes it into an empty paper. `restore` brings backups back.");
        return manifest;
    }

    private static async Task<Manifest> ReadAsync(string path, ZipArchiveEntry entry, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await using (var from = new BoundedStream(entry.Open(), entry.Length, () => Torn(path, Manifest.FileName)))
            await from.CopyToAsync(content, ct);
        try
        {
            return Manifest.Read(content.ToArray()) ?? throw new JsonException();
        }
        catch (JsonException problem)
        {
            throw new CannotMove($"{path} is no paper of ours, or was changed: its {Manifest.FileName} cannot be read.", problem);
        }
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        if (await HashAsync(ZipWriter.Checksums, ct) != Manifest.Checksums)
            throw Changed(ZipWriter.Checksums);

        var listed = 0;
        using var list = new StreamReader(Open(ZipWriter.Checksums)!);
        while (await list.ReadLineAsync(ct) is { } line)
        {
            var name = line.Length > 66 ? line[66..] : "";
            if (await HashAsync(name, ct) is not { } hash)
                throw new CannotMove($"{path} is not whole: “{name}” is missing. Nothing was taken from it.");
            if (!line.StartsWith(hash + "  ", StringComparison.Ordinal))
                throw Changed(name);
            listed++;
        }

        // The list itself and the manifest stand in no list.
        if (zip.Entries.Count != listed + 2)
            throw new CannotMove($"{path} has entries that its list of checksums does not know. Nothing was taken from it.");
    }

    private async Task<string?> HashAsync(string name, CancellationToken ct)
    {
        await using var content = Open(name);
        return content is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }

    private CannotMove Changed(string name) => new($"{path} was changed, or damaged on its way: “{name}” is not what was written. Nothing was taken from it.");

    private static CannotMove Torn(string path, string name) => new($"{path} was changed, or damaged on its way: “{name}” has another length than it says. Nothing was taken from it.");

    /// <summary>Gives out as much as was promised: neither less nor more.</summary>
    private sealed class BoundedStream(Stream from, long length, Func<Exception> torn) : Stream
    {
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Bounded(await from.ReadAsync(buffer, cancellationToken), buffer.Length);

        public override int Read(Span<byte> buffer) => Bounded(from.Read(buffer), buffer.Length);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                from.Dispose();
            base.Dispose(disposing);
        }

        private int Bounded(int read, int asked)
        {
            left -= read;
            if (left < 0 || (read == 0 && asked > 0 && left > 0))
                throw torn();
            return read;
        }
    }
}
