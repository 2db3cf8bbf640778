using System.Text;

namespace LondonDefender.Copy;

/// <summary>
/// A copy set in type once, in order. What depends on the hour, on which lines and pictures are shown and where stories stand, is left
/// open in it and decided by each printing.
/// </summary>
internal sealed class Galley(IReadOnlyList<Galley.Mark> marks)
{
    public IReadOnlyList<CopyPiece> Print(Hour hour)
    {
        var printing = new Printing(hour);
        foreach (var mark in marks)
            printing.Print(mark);

        return printing.Finish();
    }

    public sealed record Hour(Func<ReadMoreLine, bool> IsShown, Func<int, string?> AddressOfStory, Func<int, bool> IsPictureShown);

    /// <summary>A tag around blocks that may have to be closed for one of them and opened again behind it.</summary>
    public sealed record Frame(string Opening, string Continuing, string Closing)
    {
        public static Frame Quote { get; } = new("<blockquote>", "<blockquote class=\"continued\">", "</blockquote>");
    }

    public abstract record Mark
    {
        /// <summary>Whether it is printed between the frames around it, or not at all.</summary>
        public virtual bool StandsBetween => false;

        public sealed record Html(string Text) : Mark;

        public sealed record StoryLinkOpens(int StoryId) : Mark;

        public sealed record StoryLinkCloses : Mark;

        public sealed record FrameOpens(Frame Frame) : Mark;

        public sealed record FrameCloses(Frame Frame) : Mark;

        public sealed record Block(ReadMoreBlock ReadMore) : Mark
        {
            public override bool StandsBetween => true;
        }

        public sealed record Picture(CopyPiece.Picture Piece) : Mark
        {
            public override bool StandsBetween => true;
        }

        public sealed record Entries(IReadOnlyList<SetEntry> Newest) : Mark;
    }

    public sealed record SetEntry(LiveEntry Entry, Galley Galley);

    private sealed class Printing(Hour hour)
    {
        private readonly List<CopyPiece> pieces = [];
        private readonly StringBuilder prose = new();
        private readonly List<OpenFrame> frames = [];
        private bool isLinkOpen;

        public void Print(Mark mark)
        {
            switch (mark)
            {
                case Mark.Html html: Write(html.Text); break;
                case Mark.StoryLinkOpens link: OpenLink(link.StoryId); break;
                case Mark.StoryLinkCloses: CloseLink(); break;
                case Mark.FrameOpens opens: frames.Add(new OpenFrame(opens.Frame)); break;
                case Mark.FrameCloses: CloseFrame(); break;
                case Mark.Block block: Place(block.ReadMore); break;
                case Mark.Picture picture: Place(picture.Piece); break;
                case Mark.Entries entries: Place(entries.Newest); break;
            }
        }

        public IReadOnlyList<CopyPiece> Finish()
        {
            EndProse();
            return pieces;
        }

        private void Write(string html)
        {
            OpenFrames();
            prose.Append(html);
        }

        private void OpenLink(int storyId)
        {
            if (hour.AddressOfStory(storyId) is not { } address)
                return;

            Write($"<a href=\"{Html.Escape(address)}\">");
            isLinkOpen = true;
        }

        private void CloseLink()
        {
            if (isLinkOpen)
                Write("</a>");
            isLinkOpen = false;
        }

        // Only now that something is written in it: a quote that held nothing but hidden lines leaves no empty frame.
        private void OpenFrames()
        {
            foreach (var open in frames.Where(open => !open.IsOpen))
            {
                Html.StartLine(prose);
                prose.Append(open.HasBegun ? open.Frame.Continuing : open.Frame.Opening).Append('\n');
                open.IsOpen = open.HasBegun = true;
            }
        }

        private void CloseFrame()
        {
            if (frames[^1].IsOpen)
                WriteClosing(frames[^1].Frame);
            frames.RemoveAt(frames.Count - 1);
        }

        private void WriteClosing(Frame frame)
        {
            Html.StartLine(prose);
            prose.Append(frame.Closing).Append('\n');
        }

        private void Place(ReadMoreBlock block)
        {
            var shown = block.Lines.Where(hour.IsShown).ToList();
            if (shown.Count > 0)
                PlaceBetween(new CopyPiece.ReadMore(block.Label, shown));
        }

        private void Place(CopyPiece.Picture picture)
        {
            if (hour.IsPictureShown(picture.PictureId))
                PlaceBetween(picture);
        }

        private void Place(IReadOnlyList<SetEntry> newest)
        {
            foreach (var (entry, galley) in newest)
                PlaceBetween(new CopyPiece.Entry(entry.Day, entry.Time, entry.Headline, entry.IsKey, entry.Anchor, galley.Print(hour)));
        }

        private void PlaceBetween(CopyPiece piece)
        {
            BreakFrames();
            EndProse();
            pieces.Add(piece);
        }

        private void BreakFrames()
        {
            foreach (var open in frames.AsEnumerable().Reverse().Where(open => open.IsOpen))
            {
                WriteClosing(open.Frame);
                open.IsOpen = false;
            }
        }

        private void EndProse()
        {
            var html = prose.ToString().Trim('\n');
            if (html.Length > 0)
                pieces.Add(new CopyPiece.Prose(html));
            prose.Clear();
        }

        private sealed class OpenFrame(Frame frame)
        {
            public Frame Frame => frame;

            public bool IsOpen { get; set; }

            public bool HasBegun { get; set; }
        }
    }
}
