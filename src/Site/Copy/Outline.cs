namespace LondonDefender.Copy;

/// <summary>The levels of headings, so that none is skipped whatever the copy says: the page's own is the first.</summary>
internal sealed class Outline
{
    private const int Deepest = 4;

    private int section = 1;
    private int last = 1;

    /// <summary>The level of a title that opens a part here.</summary>
    public int TitleLevel => Math.Min(section + 1, Deepest);

    /// <param name="written">The number of its signs in the copy, where one and two are the same.</param>
    public int LevelOf(int written)
    {
        var wanted = Math.Max(written, 2) + section - 1;
        return last = Math.Min(Math.Min(wanted, last + 1), Deepest);
    }

    /// <summary>Headings set meanwhile stand below a title; without one they stand where they would have stood.</summary>
    public void Within(bool hasTitle, Action set)
    {
        var (outerSection, outerLast) = (section, last);
        if (hasTitle)
            section = last = TitleLevel;

        set();
        (section, last) = (outerSection, Math.Min(outerLast, last));
    }

    /// <summary>What follows stands nobody knows behind which heading.</summary>
    public void StartAgain() => last = section;
}
