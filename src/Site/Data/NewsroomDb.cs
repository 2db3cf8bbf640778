using System.Text.RegularExpressions;
using LondonDefender.Archive;
using LondonDefender.Audit;
using LondonDefender.Bylines;
using LondonDefender.Fronts;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Stories.Drafts;
using LondonDefender.Stories.Listing;
using LondonDefender.Wire.MovingIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LondonDefender.Data;

/// <summary>Everything the newsroom keeps. One short context per action: see <see cref="IDbContextFactory{TContext}"/>.</summary>
public sealed partial class NewsroomDb(DbContextOptions<NewsroomDb> options) : IdentityUserContext<Person, int>(options)
{
    /// <summary>English stems with accents folded; made by the first migration.</summary>
    public const string SearchLanguage = "newsroom";

    public DbSet<Story> Stories => Set<Story>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<DraftLink> DraftLinks => Set<DraftLink>();
    public DbSet<StoryTopic> StoryTopics => Set<StoryTopic>();
    public DbSet<StoryByline> StoryBylines => Set<StoryByline>();
    public DbSet<ReadMoreLink> ReadMoreLinks => Set<ReadMoreLink>();
    public DbSet<KnownHeadline> KnownHeadlines => Set<KnownHeadline>();
    public DbSet<Section> Sections => Set<Section>();
    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<Writer> Writers => Set<Writer>();
    public DbSet<Correction> Corrections => Set<Correction>();
    public DbSet<Picture> Pictures => Set<Picture>();
    public DbSet<PictureUse> PictureUses => Set<PictureUse>();
    public DbSet<StoryReads> StoryReads => Set<StoryReads>();
    public DbSet<StoryFollows> StoryFollows => Set<StoryFollows>();
    public DbSet<Banner> Banners => Set<Banner>();
    public DbSet<Front> Fronts => Set<Front>();
    public DbSet<FrontVersion> FrontVersions => Set<FrontVersion>();
    public DbSet<FrontPicture> FrontPictures => Set<FrontPicture>();
    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();
    public DbSet<SearchWord> SearchWords => Set<SearchWord>();
    public DbSet<SavedSearch> SavedSearches => Set<SavedSearch>();
    public DbSet<TopicSynonym> TopicSynonyms => Set<TopicSynonym>();
    public DbSet<FormerSlug> FormerSlugs => Set<FormerSlug>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    public DbSet<PaperSettings> PaperSettings => Set<PaperSettings>();
    public DbSet<OldAddress> OldAddresses => Set<OldAddress>();
    public DbSet<MovedStory> MovedStories => Set<MovedStory>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);

        model.Entity<Story>(Stored);
        model.Entity<Revision>(Stored);
        model.Entity<DraftLink>(Stored);
        model.Entity<ReadMoreLink>(Stored);
        model.Entity<SearchEntry>(Stored);
        model.Entity<SearchWord>(Stored);
        model.Entity<Correction>(Stored);
        model.Entity<Picture>(Stored);
        model.Entity<PictureUse>(Stored);
        model.Entity<StoryReads>(Stored);
        model.Entity<StoryFollows>(Stored);
        model.Entity<Banner>(Stored);
        model.Entity<OldAddress>(Stored);
        model.Entity<MovedStory>().HasKey(m => m.SourceKey);
        model.Entity<ImportRun>().HasOne<Person>().WithMany().HasForeignKey(r => r.StartedById).OnDelete(DeleteBehavior.SetNull);
        model.Entity<Front>(Stored);
        model.Entity<FrontVersion>(Stored);
        model.Entity<FrontPicture>(Stored);

        model.Entity<StoryTopic>().HasKey(t => new { t.StoryId, t.TopicId });
        model.Entity<StoryTopic>().HasIndex(t => new { t.TopicId, t.StoryId });
        model.Entity<StoryByline>().HasKey(b => new { b.StoryId, b.WriterId });
        model.Entity<StoryByline>().HasIndex(b => new { b.WriterId, b.StoryId });

        model.Entity<KnownHeadline>().HasKey(h => new { h.StoryId, h.Headline });
        model.Entity<KnownHeadline>().HasIndex(h => h.Headline);
        model.Entity<KnownHeadline>().HasIndex(h => h.Headline, "near_headlines").HasMethod("gin").HasOperators("gin_trgm_ops");
        model.Entity<KnownHeadline>().HasOne<Story>().WithMany().HasForeignKey(h => h.StoryId);

        model.Entity<Section>().HasIndex(s => s.Slug).IsUnique();
        model.Entity<Topic>().HasIndex(t => t.Slug).IsUnique();
        model.Entity<TopicSynonym>().HasKey(s => s.Slug);
        model.Entity<TopicSynonym>().HasOne<Topic>().WithMany().HasForeignKey(s => s.TopicId);
        model.Entity<FormerSlug>().HasKey(f => new { f.Kind, f.Slug });
        model.Entity<FormerSlug>().Property(f => f.Kind).HasConversion<string>();
        model.Entity<FormerSlug>().HasIndex(f => new { f.Kind, f.FormerId }).HasFilter("former_id is not null");
        model.Entity<FormerSlug>().HasIndex(f => new { f.Kind, f.TargetId });
        model.Entity<SavedSearch>().HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
        model.Entity<SavedSearch>().HasIndex(s => new { s.PersonId, s.Position });
        model.Entity<Writer>().HasIndex(w => w.Slug).IsUnique();
        model.Entity<Writer>().HasOne<Picture>().WithMany().HasForeignKey(w => w.PortraitId).OnDelete(DeleteBehavior.SetNull);

        model.Entity<Person>().Property(p => p.Role).HasConversion<string>();
        model.Entity<Person>().Property(p => p.SectionIds).HasDefaultValueSql("'{}'");
        model.Entity<Visit>().HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId);
        // Neither names a row that could go: an entry stands for ever. The migration has a trigger that refuses every change.
        model.Entity<AuditEntry>().Property(e => e.Subject).HasConversion<string>();
        model.Entity<AuditEntry>().HasIndex(e => new { e.PersonId, e.Id });
        model.Entity<AuditEntry>().HasIndex(e => new { e.Subject, e.SubjectId, e.Id });
        model.Entity<IdentityUserPasskey<int>>(Stored);
        model.Entity<Invitation>().HasIndex(i => i.KeyHash).IsUnique();
        model.Entity<Invitation>().Property(i => i.Role).HasConversion<string>();
        model.Entity<Invitation>().HasOne<Person>().WithMany().HasForeignKey(i => i.PersonId);
        model.Entity<PaperSettings>().Property(p => p.Id).ValueGeneratedNever();
        model.Entity<PaperSettings>().Ignore(p => p.Zone).Ignore(p => p.LabelsInUse).Ignore(p => p.Culture);
        model.Entity<PaperSettings>().Property(p => p.SocialAccounts).HasDefaultValueSql("'{}'");

        StoreWorkflow(model);
        UseWordsWithUnderscores(model);
    }

    private static void Stored(EntityTypeBuilder<Story> story)
    {
        story.ComplexProperty(s => s.Draft, TextStored);
        story.Property(s => s.RevisionNumber).IsConcurrencyToken();
        story.HasMany(s => s.Revisions).WithOne().HasForeignKey(r => r.StoryId);
        story.HasMany(s => s.Topics).WithOne().HasForeignKey(t => t.StoryId);
        story.HasMany(s => s.Bylines).WithOne().HasForeignKey(b => b.StoryId);
        story.HasOne<Section>().WithMany().HasForeignKey(s => s.SectionId).OnDelete(DeleteBehavior.Restrict);
        story.HasOne<Story>().WithMany().HasForeignKey(s => s.SuccessorId).OnDelete(DeleteBehavior.SetNull);
        story.HasOne<Person>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.SetNull);
        story.HasIndex(s => s.SourceKey).IsUnique();
        story.HasIndex(s => new { s.PublishAt, s.Id }).IsDescending().HasFilter("published_number is not null and withdrawn_at is null");
        story.HasIndex(s => new { s.SectionId, s.PublishAt, s.Id }).IsDescending(false, true, true)
            .HasFilter("published_number is not null and withdrawn_at is null");
        // The sitemap's index asks it for the last change in each range of ids, and no row of the table has to be read.
        story.HasIndex(s => s.Id).IncludeProperties(s => new { s.PublishAt, s.UpdatedAt, s.PublishedNumber, s.WithdrawnAt })
            .HasDatabaseName("ix_stories_changes").HasFilter("published_number is not null and withdrawn_at is null");
        story.HasIndex(s => new { s.SavedAt, s.Id }).IsDescending();
        story.HasIndex(s => new { s.OwnerId, s.SavedAt, s.Id }).IsDescending(false, true, true);
        // The newsroom's list: what is few among very many is not to be looked for one by one. Two more, which EF cannot describe, are made by the migration DeskWork.
        story.HasIndex(s => new { s.SavedAt, s.Id }, "saved_drafts").IsDescending().HasFilter("published_number is null");
        story.HasIndex(s => new { s.SavedAt, s.Id }, "saved_withdrawn").IsDescending().HasFilter("withdrawn_at is not null");
        story.ToTable(t => t.HasCheckConstraint("embargo_holds", "embargo_until is null or publish_at is null or publish_at >= embargo_until"));
    }

    private static void Stored(EntityTypeBuilder<IdentityUserPasskey<int>> passkey)
    {
        passkey.ToTable("UserPasskeys").HasKey(p => p.CredentialId);
        passkey.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId);
        passkey.OwnsOne(p => p.Data, data => data.ToJson("data"));
    }

    private static void Stored(EntityTypeBuilder<Revision> revision)
    {
        revision.HasKey(r => new { r.StoryId, r.Number });
        // Has an index of its hand-picked stories, "related_by_hand", which EF cannot describe: made by the migration FreshPages.
        revision.ComplexProperty(r => r.Text, TextStored);
    }

    private static void Stored(EntityTypeBuilder<DraftLink> link)
    {
        link.HasOne<Story>().WithMany().HasForeignKey(l => l.StoryId);
        link.HasOne<Person>().WithMany().HasForeignKey(l => l.MadeById);
        link.HasIndex(l => l.TokenHash).IsUnique();
        link.ToTable(t => t.HasCheckConstraint("draft_link_ends", "expires_at > made_at and expires_at <= made_at + interval '14 days'"));
    }

    private static void TextStored(ComplexPropertyBuilder<StoryText> text)
    {
        text.Ignore(t => t.AddressSlug);
        text.Property(t => t.Kind).HasConversion<string>();
    }

    private static void Stored(EntityTypeBuilder<Correction> correction)
    {
        correction.Property(c => c.Kind).HasConversion<string>();
        correction.Property(c => c.Placement).HasConversion<string>();
        correction.HasOne<Story>().WithMany().HasForeignKey(c => c.StoryId);
        correction.HasOne<Person>().WithMany().HasForeignKey(c => c.ById).OnDelete(DeleteBehavior.SetNull);
        correction.HasIndex(c => new { c.StoryId, c.PublishedAt });
        correction.HasIndex(c => new { c.PublishedAt, c.Id }).IsDescending();
    }

    private static void Stored(EntityTypeBuilder<Picture> picture)
    {
        picture.HasIndex(p => p.FileHash).IsUnique();
        picture.HasIndex(p => p.AddressHash).IsUnique();
        picture.HasIndex(p => new { p.UploadedAt, p.Id }).IsDescending();
        picture.HasOne<Person>().WithMany().HasForeignKey(p => p.UploadedById).OnDelete(DeleteBehavior.SetNull);
    }

    private static void Stored(EntityTypeBuilder<PictureUse> use)
    {
        use.HasKey(u => new { u.PictureId, u.StoryId, u.RevisionNumber });
        use.HasOne<Picture>().WithMany().HasForeignKey(u => u.PictureId);
        use.HasOne<Story>().WithMany().HasForeignKey(u => u.StoryId);
        use.HasIndex(u => u.StoryId);
    }

    private static void Stored(EntityTypeBuilder<StoryReads> reads)
    {
        reads.HasKey(r => new { r.StoryId, r.Day });
        reads.HasOne<Story>().WithMany().HasForeignKey(r => r.StoryId);
        reads.HasIndex(r => new { r.Day, r.Reads }).IsDescending();
    }

    private static void Stored(EntityTypeBuilder<StoryFollows> follows)
    {
        follows.HasKey(f => new { f.FromId, f.Block, f.ToId, f.Day });
        follows.HasOne<Story>().WithMany().HasForeignKey(f => f.FromId);
        follows.HasOne<Story>().WithMany().HasForeignKey(f => f.ToId);
        follows.HasIndex(f => new { f.Day, f.ToId });
    }

    private static void Stored(EntityTypeBuilder<Banner> banner)
    {
        banner.HasOne<Story>().WithMany().HasForeignKey(b => b.StoryId).OnDelete(DeleteBehavior.SetNull);
        banner.HasOne<Person>().WithMany().HasForeignKey(b => b.ById).OnDelete(DeleteBehavior.SetNull);
        banner.HasIndex(b => b.EndsAt);
        banner.ToTable(t => t.HasCheckConstraint("banner_ends", "ends_at > starts_at and ends_at <= starts_at + interval '7 days'"));
    }

    private static void Stored(EntityTypeBuilder<OldAddress> old)
    {
        old.HasKey(o => o.Path);
        old.HasOne<Story>().WithMany().HasForeignKey(o => o.StoryId).OnDelete(DeleteBehavior.Cascade);
        old.HasOne<Section>().WithMany().HasForeignKey(o => o.SectionId).OnDelete(DeleteBehavior.Cascade);
        old.HasOne<Topic>().WithMany().HasForeignKey(o => o.TopicId).OnDelete(DeleteBehavior.Cascade);
        old.HasOne<Writer>().WithMany().HasForeignKey(o => o.WriterId).OnDelete(DeleteBehavior.Cascade);
    }

    private static void Stored(EntityTypeBuilder<Front> front)
    {
        front.Property(f => f.Id).ValueGeneratedNever();
        front.Property(f => f.Draft).HasConversion(draft => draft.Write(), json => FrontArrangement.Read(json)).HasColumnType("jsonb");
        front.HasOne<Person>().WithMany().HasForeignKey(f => f.SavedById).OnDelete(DeleteBehavior.SetNull);
    }

    private static void Stored(EntityTypeBuilder<FrontVersion> version)
    {
        version.Property(v => v.Arrangement).HasConversion(arrangement => arrangement.Write(), json => FrontArrangement.Read(json)).HasColumnType("jsonb");
        version.HasOne<Front>().WithMany().HasForeignKey(v => v.FrontId);
        version.HasOne<Person>().WithMany().HasForeignKey(v => v.ById).OnDelete(DeleteBehavior.SetNull);
        version.HasIndex(v => new { v.FrontId, v.PublishAt, v.Id }).IsDescending(false, true, true).HasFilter("taken_back_at is null");
    }

    private static void Stored(EntityTypeBuilder<FrontPicture> picture)
    {
        picture.HasKey(p => new { p.VersionId, p.StoryId });
        picture.HasOne(p => p.Version).WithMany().HasForeignKey(p => p.VersionId);
        picture.HasOne<Picture>().WithMany().HasForeignKey(p => p.PictureId);
        picture.HasOne<Story>().WithMany().HasForeignKey(p => p.StoryId);
    }

    private static void Stored(EntityTypeBuilder<ReadMoreLink> link)
    {
        link.HasOne<Story>().WithMany().HasForeignKey(l => l.FromId);
        link.HasOne<Story>().WithMany().HasForeignKey(l => l.ToId).OnDelete(DeleteBehavior.SetNull);
        link.HasIndex(l => new { l.FromId, l.RevisionNumber, l.Position }).IsUnique();
        link.HasIndex(l => l.ToId);
        link.HasIndex(l => l.Headline).HasFilter("to_id is null and headline is not null");
        link.HasIndex(l => new { l.WaitingSince, l.Id }, "longest_waiting").HasFilter("to_id is null and headline is not null");
        link.Property(l => l.WaitingSince).HasDefaultValueSql("now()");
    }

    private static void Stored(EntityTypeBuilder<SearchEntry> entry)
    {
        entry.HasKey(e => e.StoryId);
        entry.HasOne<Story>().WithMany().HasForeignKey(e => e.StoryId);
        // A tsvector holds a megabyte at most, so words beyond the first 150,000 characters are not searched.
        entry.Property(e => e.Vector).HasComputedColumnSql($"""
            setweight(to_tsvector('{SearchLanguage}', headline), 'A') ||
            setweight(to_tsvector('{SearchLanguage}', standfirst), 'B') ||
            setweight(to_tsvector('{SearchLanguage}', left(body, 150000)), 'C')
            """, stored: true);
        entry.Property(e => e.Heading).HasComputedColumnSql($"to_tsvector('{SearchLanguage}', headline)", stored: true);
        entry.Property(e => e.Month).HasComputedColumnSql(
            "(extract(year from published_at at time zone 'UTC') * 12 + extract(month from published_at at time zone 'UTC') - 1)::integer", stored: true);
        // The related list looks at the newest headlines of a section, each time a story is read; here they stand side by side.
        entry.HasIndex(e => new { e.SectionId, e.PublishedAt, e.StoryId }, "newest_headings").IsDescending(false, true, true).IncludeProperties(e => e.Heading);
        // One index for words and filters: PostgreSQL leaps through the shortest of the lists that are asked for together.
        entry.HasIndex(e => new { e.Vector, e.Heading, e.Month, e.SectionId, e.TopicIds, e.WriterIds }, "search_everything").HasMethod("gin");
    }

    private static void Stored(EntityTypeBuilder<SearchWord> word)
    {
        word.HasKey(w => w.Word);
        word.Property(w => w.Near).HasComputedColumnSql("near_words(word)", stored: true);
        word.HasIndex(w => w.Near).HasMethod("gin");
        word.HasIndex(w => w.Word, "like_words").HasMethod("gin").HasOperators("gin_trgm_ops");
    }

    /// <summary>Table and column names as PostgreSQL people write them, so that the SQL of search and backup needs no quotes.</summary>
    private static void UseWordsWithUnderscores(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()))
        {
            entity.SetTableName(Underscored(entity.GetTableName()!.Replace("AspNet", "", StringComparison.Ordinal)));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Underscored(property.Name));
            foreach (var complex in entity.GetComplexProperties())
            {
                var prefix = complex.Name == nameof(Story.Draft) ? "draft_" : "";
                foreach (var property in complex.ComplexType.GetProperties())
                    property.SetColumnName(prefix + Underscored(property.Name));
            }
        }
    }

    private static string Underscored(string name) => WordStart().Replace(name, "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
