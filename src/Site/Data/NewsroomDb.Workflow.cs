using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LondonDefender.Data;

/// <summary>The work on stories: none of it concerns a reader's page, so no trigger tells of it.</summary>
public sealed partial class NewsroomDb
{
    public DbSet<StoryProgress> StoryProgress => Set<StoryProgress>();
    public DbSet<StoryStep> StorySteps => Set<StoryStep>();
    public DbSet<PassageComment> PassageComments => Set<PassageComment>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<MailWish> MailWishes => Set<MailWish>();

    private static void StoreWorkflow(ModelBuilder model)
    {
        model.Entity<StoryProgress>(Stored);
        model.Entity<StoryStep>(Stored);
        model.Entity<PassageComment>(Stored);
        model.Entity<Notice>(Stored);
        model.Entity<MailWish>(wish =>
        {
            wish.HasKey(w => w.PersonId);
            wish.HasOne<Person>().WithMany().HasForeignKey(w => w.PersonId);
            wish.PrimitiveCollection(w => w.Kinds).ElementType().HasConversion<string>();
        });
    }

    private static void Stored(EntityTypeBuilder<StoryProgress> progress)
    {
        progress.HasKey(p => p.StoryId);
        progress.Property(p => p.StoryId).ValueGeneratedNever();
        progress.Property(p => p.Version).IsConcurrencyToken();
        progress.Property(p => p.Stage).HasConversion<string>();
        progress.HasOne<Story>().WithMany().HasForeignKey(p => p.StoryId);
        progress.HasOne<Person>().WithMany().HasForeignKey(p => p.AssigneeId).OnDelete(DeleteBehavior.SetNull);
        progress.HasOne<Person>().WithMany().HasForeignKey(p => p.MovedById).OnDelete(DeleteBehavior.SetNull);
        progress.HasOne<Person>().WithMany().HasForeignKey(p => p.ChangedById).OnDelete(DeleteBehavior.SetNull);
        progress.HasIndex(p => p.ChangedAt);
        progress.HasIndex(p => p.DueAt).HasFilter("due_at is not null");
    }

    private static void Stored(EntityTypeBuilder<StoryStep> step)
    {
        step.Property(s => s.Kind).HasConversion<string>();
        step.HasOne<Story>().WithMany().HasForeignKey(s => s.StoryId);
        step.HasOne<Person>().WithMany().HasForeignKey(s => s.ById).OnDelete(DeleteBehavior.SetNull);
        step.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.SetNull);
        step.HasIndex(s => new { s.StoryId, s.Id });
    }

    private static void Stored(EntityTypeBuilder<PassageComment> comment)
    {
        comment.Ignore(c => c.Passage);
        comment.HasOne<Story>().WithMany().HasForeignKey(c => c.StoryId);
        comment.HasOne<PassageComment>().WithMany().HasForeignKey(c => c.AnswersId);
        comment.HasOne<Person>().WithMany().HasForeignKey(c => c.ById).OnDelete(DeleteBehavior.SetNull);
        comment.HasOne<Person>().WithMany().HasForeignKey(c => c.ResolvedById).OnDelete(DeleteBehavior.SetNull);
        comment.HasIndex(c => new { c.StoryId, c.Id });
        comment.HasIndex(c => c.At).HasFilter("resolved_at is null");
    }

    private static void Stored(EntityTypeBuilder<Notice> notice)
    {
        notice.Property(n => n.Kind).HasConversion<string>();
        notice.HasOne<Story>().WithMany().HasForeignKey(n => n.StoryId);
        notice.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId);
        notice.HasOne<Person>().WithMany().HasForeignKey(n => n.ById).OnDelete(DeleteBehavior.SetNull);
        notice.HasIndex(n => new { n.PersonId, n.Id }).IsDescending(false, true);
        notice.HasIndex(n => n.PersonId, "unread_notices").HasFilter("read_at is null");
        notice.HasIndex(n => new { n.PersonId, n.Once }).IsUnique().HasFilter("once is not null");
        notice.HasIndex(n => n.At);
    }
}
