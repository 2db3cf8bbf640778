using LondonDefender.Copy;

namespace LondonDefender.Desk;

/// <summary>The paper's own house-style.txt in its data folder, else ours. Read again when it has changed.</summary>
public sealed class HouseStyleFile(string dataFolder)
{
    private static readonly string Ours = Path.Combine(AppContext.BaseDirectory, "Copy", "house-style.txt");
    private readonly string own = Path.Combine(dataFolder, "house-style.txt");
    private (DateTime WrittenAt, HouseStyle Style)? last;

    public HouseStyle Read()
    {
        var writtenAt = File.GetLastWriteTimeUtc(own);
        if (last is { } kept && kept.WrittenAt == writtenAt)
            return kept.Style;

        var style = HouseStyle.Read(File.ReadAllText(File.Exists(own) ? own : Ours));
        last = (writtenAt, style);
        return style;
    }
}
