using System.Globalization;

namespace LondonDefender.Copy;

/// <content>Entries of a live story: wherever they are written, readers get them newest first where the first of them stands.</content>
internal sealed partial class Typesetter
{
    private readonly List<(ElementOpening Opening, string Text, Galley Galley)> written = [];
    private readonly List<Galley.SetEntry> newestFirst = [];

    public IReadOnlyList<LiveEntry> Entries => [.. newestFirst.Select(set => set.Entry)];

    private void SetEntry(NewsElement element)
    {
        if (!element.IsClosed)
            Remark($"“::: {Words.Shortened(element.Opening.Written)}” is never closed. It ends where the next entry begins; write ::: on a line of its own below it.");
        if (written.Count == 0)
            Mark(new Galley.Mark.Entries(newestFirst));

        FlushHtml();
        var (outer, before) = (marks, Paragraphs.Count);
        marks = [];
        outline.StartAgain();
        if (element.Opening.Title.Length > 0)
            Count(element.Opening.Title);
        outline.Within(element.Opening.Title.Length > 0, () => SetAll(element));
        outline.StartAgain();
        FlushHtml();

        written.Add((element.Opening, string.Join("\n\n", Paragraphs.Skip(before)), new Galley(marks)));
        marks = outer;
    }

    // Some write the newest at the top, some at the end; of two in one minute the one written first keeps its address.
    private void ArrangeEntries()
    {
        if (written is [var top, .., var end] && top.Opening.Moment > end.Opening.Moment)
            written.Reverse();

        foreach (var (opening, text, galley) in written.OrderBy(entry => entry.Opening.Moment))
        {
            var moment = opening.Moment!.Value;
            var anchor = FreeId(string.Create(CultureInfo.InvariantCulture, $"entry-{moment:yyyyMMdd-HHmm}"));
            newestFirst.Add(new(new(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment), opening.Title, opening.IsKey, anchor, text), galley));
        }

        newestFirst.Reverse();
    }
}
