using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.HouseRules;

/// <summary>The rule of dependency: arrows point down only.</summary>
public sealed class FolderArrowsTests
{
    private static readonly string[] Features = ["Stories", "ReadMore", "Fronts", "Sections", "Bylines", "Pictures", "Readership", "Archive", "Feeds", "Staff", "Wire", "Workflow"];
    private static readonly string[] Machinery = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Npgsql", "NpgsqlTypes", "Microsoft.Extensions", "LondonDefender.Data", "LondonDefender.Desk", "LondonDefender.Hosting"];

    private static readonly IReadOnlySet<Type> Entities = EntityTypes();

    [Fact]
    public void Copy_knows_nobody() => AssertNone(
        From(folder: "Copy").Where(arrow => References.IsOfTheSite(arrow.To) && References.Folder(arrow.To) != "Copy"));

    [Fact]
    public void Entities_know_other_entities_and_copy_but_no_database_page_or_request() => AssertNone(
        from arrow in Arrows()
        where Entities.Contains(arrow.From) && Machinery.Any(name => $"{arrow.To.Namespace}.".StartsWith(name + ".", StringComparison.Ordinal))
        // A person is what Identity keeps of them; a search entry is a column of PostgreSQL's own kind.
        where !(arrow.From == typeof(Person) && arrow.To.Namespace == "Microsoft.AspNetCore.Identity")
        where !(arrow.From == typeof(SearchEntry) && arrow.To.Namespace == "NpgsqlTypes")
        select arrow);

    [Fact]
    public void Entities_know_no_desk_and_no_page() => AssertNone(
        Arrows().Where(arrow => Entities.Contains(arrow.From) && (arrow.To.Name.EndsWith("Desk", StringComparison.Ordinal) || IsComponent(arrow.To))));

    [Theory]
    [InlineData("Paper")]
    [InlineData("Desk")]
    public void A_frame_knows_no_feature(string frame) => AssertNone(
        // What the database keeps lies below the frames: the menu is drawn from the sections.
        From(frame).Where(arrow => Features.Contains(FolderOf(arrow.To)) && !Entities.Contains(arrow.To)));

    [Fact]
    public void Nothing_a_reader_sees_uses_the_newsrooms_frame() => AssertNone(
        from arrow in Arrows()
        where FolderOf(arrow.To) == "Desk"
        where FolderOf(arrow.From) is "Paper" or "Feeds" or "Archive" || References.OfTheSite[arrow.From].Contains(typeof(PaperLayout))
        select arrow);

    [Fact]
    public void Nobody_knows_hosting_but_the_program() => AssertNone(
        Arrows().Where(arrow => FolderOf(arrow.To) == "Hosting" && FolderOf(arrow.From) is not ("Hosting" or "Program")));

    [Fact]
    public void The_database_knows_entities_and_no_more() => AssertNone(
        Arrows().Where(arrow => arrow.From == typeof(NewsroomDb) && References.IsOfTheSite(arrow.To) && !Entities.Contains(arrow.To)));

    [Fact]
    public void A_feature_uses_no_page_of_another() => AssertNone(
        Arrows().Where(arrow => IsComponent(arrow.To) && arrow.To.Name.EndsWith("Page", StringComparison.Ordinal) && FolderOf(arrow.From) != FolderOf(arrow.To)));

    [Fact]
    public void Readers_pages_cannot_be_routed_to() => AssertNone(
        from arrow in Arrows()
        where arrow.To == typeof(PaperLayout) && arrow.From.GetCustomAttributes(typeof(RouteAttribute), false).Length > 0
        select arrow);

    [Fact]
    public void The_arrows_are_there_to_be_seen()
    {
        Assert.Contains(typeof(StoryPage), References.OfTheSite.Select(group => group.Key));
        Assert.Contains(typeof(PaperLayout), References.OfTheSite[typeof(StoryPage)]);
        Assert.Contains(typeof(NewsroomDb), References.OfTheSite[typeof(StoryDesk)]);
        Assert.Contains(typeof(StoryDesk), References.OfTheSite[typeof(StoryDeskEndpoints)]);
    }

    private sealed record Arrow(Type From, Type To);

    private static IEnumerable<Arrow> Arrows() => References.OfTheSite.SelectMany(group => group.Select(to => new Arrow(group.Key, to)));

    private static IEnumerable<Arrow> From(string folder) => Arrows().Where(arrow => References.Folder(arrow.From) == folder);

    private static string FolderOf(Type type) => References.IsOfTheSite(type) ? References.Folder(type) : "";

    private static bool IsComponent(Type type) => References.IsOfTheSite(type) && typeof(IComponent).IsAssignableFrom(type);

    private static HashSet<Type> EntityTypes()
    {
        using var db = new NewsroomDb(new DbContextOptionsBuilder<NewsroomDb>().UseNpgsql("Host=nowhere").Options);
        var stored = db.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(References.IsOfTheSite).ToHashSet();
        stored.UnionWith([typeof(StoryText), typeof(FrontArrangement), typeof(Container), typeof(PinnedCard), typeof(Backfill)]);
        stored.UnionWith(stored.ToList().SelectMany(type => type.GetProperties()).Select(p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType)
            .Where(type => References.IsOfTheSite(type) && type.IsEnum));
        return stored;
    }

    private static void AssertNone(IEnumerable<Arrow> wrong)
    {
        var found = wrong.Select(arrow => $"{arrow.From.FullName} knows {arrow.To.FullName}").Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }
}
