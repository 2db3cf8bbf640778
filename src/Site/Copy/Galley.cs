using System.Text;

namespace LondonDefender.Copy;

/// <summary>
/// A copy set in type once, in order. What depends on the hour, on which lines are shown and where stories stand, is left open in it
/// and decided by each printing.
/// </summary>
internal sealed class Galley(IReadOnlyList<Galley.Mark> marks)
{
    public IReadOnlyList<CopyPiece> Print(Func<ReadMoreLine, bool> isShown, Func<int, string?> addressOfStory)
    {
        var printing = new Printing(isShown, addressOfStory);
        foreach (var mark in marks)
            printing.Print(mark);

        return printing.Finish();
    }

    public abstract record Mark
    {
        public sealed record Html(string Text) : Mark;

        public sealed record StoryLinkOpens(int StoryId) : Mark;

        public sealed record StoryLinkCloses : Mark;

        public sealed record QuoteOpens : Mark;

        public sealed record QuoteCloses : Mark;

        public sealed record Block(ReadMoreBlock ReadMore) : Mark;
    }

    private sealed class Printing(Func<ReadMoreLine, bool> isShown, Func<int, string?> addressOfStory)
    {
        private readonly List<CopyPiece> pieces = [];
        private readonly StringBuilder prose = new();
        private readonly List<Quote> quotes = [];
        private bool isLinkOpen;

        public void Print(Mark mark)
        {
            switch (mark)
            {
                case Mark.Html html: Write(html.Text); break;
                case Mark.StoryLinkOpens link: OpenLink(link.StoryId); break;
                case Mark.StoryLinkCloses: CloseLink(); break;
                case Mark.QuoteOpens: quotes.Add(new Quote()); break;
                case Mark.QuoteCloses: CloseQuote(); break;
                case Mark.Block block: Place(block.ReadMore); break;
            }
        }

        public IReadOnlyList<CopyPiece> Finish()
        {
            EndProse();
            return pieces;
        }

        private void Write(string html)
        {
            OpenQuotes();
            prose.Append(html);
        }

        private void OpenLink(int storyId)
        {
            if (addressOfStory(storyId) is not { } address)
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
        private void OpenQuotes()
        {
            foreach (var quote in quotes.Where(quote => !quote.IsOpen))
            {
                Html.StartLine(prose);
                prose.Append(quote.HasBegun ? "<blockquote class=\"continued\">\n" : "<blockquote>\n");
                quote.IsOpen = quote.HasBegun = true;
            }
        }

        private void CloseQuote()
        {
            if (quotes[^1].IsOpen)
                WriteClosingTag();
            quotes.RemoveAt(quotes.Count - 1);
        }

        private void WriteClosingTag()
        {
            Html.StartLine(prose);
            prose.Append("</blockquote>\n");
        }

        private void Place(ReadMoreBlock block)
        {
            var shown = block.Lines.Where(isShown).ToList();
            if (shown.Count == 0)
                return;

            BreakQuotes();
            EndProse();
            pieces.Add(new CopyPiece.ReadMore(block.Label, shown));
        }

        private void BreakQuotes()
        {
            foreach (var quote in quotes.Where(quote => quote.IsOpen))
            {
                WriteClosingTag();
                quote.IsOpen = false;
            }
        }

        private void EndProse()
        {
            var html = prose.ToString().Trim('\n');
            if (html.Length > 0)
                pieces.Add(new CopyPiece.Prose(html));
            prose.Clear();
        }

        private sealed class Quote
        {
            public bool IsOpen { get; set; }

            public bool HasBegun { get; set; }
        }
    }
}
