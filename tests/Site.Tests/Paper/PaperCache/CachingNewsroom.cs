using LondonDefender.Paper.PaperCache;
using LondonDefender.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Paper.PaperCache;

/// <summary>The demo edition with the page cache, which gives out no old page at all, so that tests need not wait.</summary>
public sealed class CachingNewsroom : Newsroom
{
    public ChangeWatch Watch => Services.GetRequiredService<ChangeWatch>();
    public KeptPages Kept => Services.GetRequiredService<KeptPages>();
    public Pressroom Press => Services.GetRequiredService<Pressroom>();
    public PagePrinter Printer => Services.GetRequiredService<PagePrinter>();

    public const string Origin = "https://defender.example";

    protected override IEnumerable<string> MoreSettings => ["--Paper:PageCache=true", "--Paper:OldPageFor=00:00:00", $"--Paper:Address={Origin}"];

    protected override Task FillAsync() => Services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();

    /// <summary>The page as it is when nothing is kept.</summary>
    public Task<PrintedPage> PrintAsync(string address)
    {
        var parts = address.Split('?', 2);
        return Printer.PrintAsync(new(Origin, parts[0], parts.Length > 1 ? "?" + parts[1] : ""), TimeSpan.FromSeconds(30));
    }
}
