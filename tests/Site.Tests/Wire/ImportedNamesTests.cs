using LondonDefender.Bylines;
using LondonDefender.Sections;
using LondonDefender.Stories;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Wire;

public sealed class ImportedNamesTests(Newsroom newsroom) : IClassFixture<Newsroom>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Names_that_no_address_can_spell_stay_apart()
    {
        Write("a.md", "---\nheadline: Apart A\nsection: 世界\ntopics: [北京, 上海]\nby: [王小明, 李雷]\n---\nCopy.");
        Write("b.md", "---\nheadline: Apart B\nsection: 文化\ntopics: [“上海”, “北京”, Story]\n---\nCopy.");
        await using var db = await newsroom.OpenDbAsync();
        db.Add(new Writer { Name = "李雷", Slug = "story" });
        await db.SaveChangesAsync();

        var (result, report) = await ImportAsync();
        await ImportAsync();

        Assert.True(result == 0, report);
        var (a, b) = (await ByHeadlineAsync("Apart A"), await ByHeadlineAsync("Apart B"));
        Assert.Equal(["世界", "文化"], await NamesAsync(db.Sections, [a.Draft.SectionId!.Value, b.Draft.SectionId!.Value]));
        Assert.Equal(["北京", "上海"], await NamesAsync(db.Topics, a.Draft.TopicIds));
        Assert.Equal(["上海", "北京", "Story"], await NamesAsync(db.Topics, b.Draft.TopicIds));
        Assert.Equal(["story", "story-2", "story-3"], await db.Topics.Where(t => t.Slug.StartsWith("story")).OrderBy(t => t.Slug).Select(t => t.Slug).ToListAsync());
        Assert.Equal("王小明", a.Draft.CreditLine);
        Assert.Equal(["李雷"], await NamesAsync(db.Writers, a.Draft.WriterIds));
    }

    [Theory]
    [InlineData("FLOODS")]
    [InlineData("floods")]
    [InlineData("“Floods”")]
    [InlineData("Floods.")]
    public async Task A_name_is_found_however_it_was_typed(string name)
    {
        Write("typed.md", $"---\nheadline: \"Typed as {name}\"\ntopics: [\"{name}\"]\n---\nCopy with {name} in it.");

        await ImportAsync();

        var story = await ByHeadlineAsync($"Typed as {name}");
        Assert.Equal([Edition.Floods], story.Draft.TopicIds);
    }

    [Fact]
    public async Task A_name_may_be_given_as_its_address_or_longer_than_the_paper_keeps()
    {
        var longName = string.Join(' ', Enumerable.Repeat("long", 40));
        await using var db = await newsroom.OpenDbAsync();
        var topic = new Topic { Name = "The trial at Thole", Slug = "thole-forgery" };
        db.Add(topic);
        await db.SaveChangesAsync();
        Write("a.md", $"---\nheadline: By address A\ntopics: [thole-forgery, {longName}]\n---\nCopy.");
        Write("b.md", $"---\nheadline: By address B\ntopics: [thole-forgery, {longName}]\n---\nCopy.");

        await ImportAsync();

        var ids = (await ByHeadlineAsync("By address A")).Draft.TopicIds;
        Assert.Equal((topic.Id, 2), (ids[0], ids.Length));
        var again = (await ByHeadlineAsync("By address B")).Draft.TopicIds;
        Assert.Equal(ids, again);
    }

    [Fact]
    public async Task A_writer_is_not_taken_for_another_of_the_same_address()
    {
        Write("other.md", "---\nheadline: By another Maud\nby: [Maud Férrier, MAUD FERRIER]\n---\nCopy.");

        await ImportAsync();

        var story = await ByHeadlineAsync("By another Maud");
        Assert.Equal("Maud Férrier", story.Draft.CreditLine);
        Assert.Equal([Edition.Maud], story.Draft.WriterIds);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private async Task<(int Result, string Report)> ImportAsync()
    {
        await using var report = new StringWriter();
        var result = await newsroom.Services.GetRequiredService<Importer>().RunAsync(new() { Paths = [folder] }, report);
        return (result, report.ToString());
    }

    private async Task<Story> ByHeadlineAsync(string headline)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline == headline);
    }

    private static async Task<List<string>> NamesAsync<T>(IQueryable<T> all, int[] ids) where T : class
    {
        var names = await all.Select(n => new { Id = EF.Property<int>(n, "Id"), Name = EF.Property<string>(n, "Name") }).ToDictionaryAsync(n => n.Id, n => n.Name);
        return [.. ids.Select(id => names[id])];
    }
}
