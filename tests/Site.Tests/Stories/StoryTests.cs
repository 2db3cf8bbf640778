using LondonDefender.Stories;

namespace LondonDefender.Tests.Stories;

public sealed class StoryTests
{
    private static readonly DateTimeOffset Morning = Edition.Morning;

    [Fact]
    public void An_unfinished_story_is_not_published_and_says_what_it_lacks()
    {
        var story = Story.Begin(null, Morning);
        story.Rewrite(new StoryText { Headline = "  " }, null, Morning);

        var refusal = Assert.Throws<InvalidOperationException>(() => story.Publish(Morning, Morning));

        Assert.Equal(["headline", "section", "copy"], story.WhatIsMissing().Select(m => m.Field));
        Assert.Contains("no headline", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StoryState.Draft, story.StateAt(Morning));
    }

    [Fact]
    public void First_published_stays_at_the_due_moment_however_often_it_is_published_again()
    {
        var story = Finished();
        story.Publish(Morning.AddHours(1), Morning);

        Republish(story, Morning.AddDays(2));
        Republish(story, Morning.AddDays(3));

        Assert.Equal(Morning.AddHours(1), story.PublishAt);
        Assert.Equal(3, story.PublishedNumber);
    }

    [Fact]
    public void Updated_moves_only_with_a_substantive_change()
    {
        var story = Finished();
        story.Publish(Morning, Morning);
        Assert.Null(story.UpdatedAt);

        Republish(story, Morning.AddHours(1), isSubstantive: false);
        Assert.Null(story.UpdatedAt);

        Republish(story, Morning.AddHours(2), isSubstantive: true);
        Assert.Equal(Morning.AddHours(2), story.UpdatedAt);

        Republish(story, Morning.AddHours(3), isSubstantive: false);
        Assert.Equal(Morning.AddHours(2), story.UpdatedAt);
    }

    [Fact]
    public void A_change_of_a_story_that_is_still_due_is_no_update()
    {
        var story = Finished();
        story.Publish(Morning.AddHours(5), Morning);

        Republish(story, Morning.AddHours(1), at: Morning.AddHours(6));

        Assert.Null(story.UpdatedAt);
        Assert.Equal(Morning.AddHours(6), story.PublishAt);
    }

    [Fact]
    public void An_embargo_is_a_floor_whichever_comes_first()
    {
        var before = Finished();
        before.Embargo(Morning.AddHours(6), Morning);
        before.Publish(Morning.AddHours(1), Morning);

        var after = Finished();
        after.Publish(Morning.AddHours(1), Morning);
        after.Embargo(Morning.AddHours(6), Morning);

        Assert.Equal(Morning.AddHours(6), before.PublishAt);
        Assert.Equal(Morning.AddHours(6), after.PublishAt);
        Assert.Equal(StoryState.Due, after.StateAt(Morning.AddHours(6).AddTicks(-1)));
        Assert.Equal(StoryState.Live, after.StateAt(Morning.AddHours(6)));
    }

    [Fact]
    public void A_lifted_embargo_holds_nothing_back_any_more()
    {
        var story = Finished();
        story.Embargo(Morning.AddHours(6), Morning);
        story.Embargo(null, Morning);

        story.Publish(Morning.AddHours(1), Morning);

        Assert.Equal(Morning.AddHours(1), story.PublishAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public void An_embargo_that_has_passed_already_is_no_embargo(int minutes)
    {
        var story = Finished();

        Assert.Throws<InvalidOperationException>(() => story.Embargo(Morning.AddMinutes(minutes), Morning));

        Assert.Null(story.EmbargoUntil);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-30)]
    public void An_embargo_comes_too_late_for_a_story_readers_have(int minutes)
    {
        var story = Finished();
        story.Publish(Morning.AddHours(-1), Morning);

        Assert.Throws<InvalidOperationException>(() => story.Embargo(Morning.AddMinutes(minutes), Morning));

        Assert.Equal(Morning.AddHours(-1), story.PublishAt);
        Assert.Null(story.EmbargoUntil);
    }

    [Fact]
    public void An_embargo_on_a_withdrawn_story_does_not_rewrite_when_it_first_appeared()
    {
        var story = Finished();
        story.Publish(Morning, Morning);
        story.Withdraw(Morning.AddHours(1));

        Assert.Throws<InvalidOperationException>(() => story.Embargo(Morning.AddDays(1), Morning.AddHours(2)));

        Assert.Equal(Morning, story.PublishAt);
    }

    [Fact]
    public void A_story_taken_off_the_schedule_is_a_draft_again()
    {
        var story = Finished();
        story.Publish(Morning.AddHours(1), Morning);

        story.TakeScheduleBack(Morning);

        Assert.Equal(StoryState.Draft, story.StateAt(Morning.AddDays(1)));
        Assert.Null(story.SectionId);
        Assert.Empty(story.Topics);
        Assert.Empty(story.Bylines);
    }

    [Fact]
    public void A_live_story_cannot_be_taken_off_the_schedule()
    {
        var story = Finished();
        story.Publish(Morning, Morning);

        Assert.Throws<InvalidOperationException>(() => story.TakeScheduleBack(Morning));
    }

    [Fact]
    public void A_withdrawn_story_comes_back_as_it_was()
    {
        var story = Finished();
        story.Publish(Morning, Morning);

        story.Withdraw(Morning.AddHours(1), successorId: 77);
        Assert.Equal(StoryState.Withdrawn, story.StateAt(Morning.AddHours(1)));

        story.BringBack();
        Assert.Equal(StoryState.Live, story.StateAt(Morning.AddHours(2)));
        Assert.Equal(Morning, story.PublishAt);
        Assert.Null(story.SuccessorId);
    }

    [Fact]
    public void A_withdrawn_story_is_not_published_unannounced_but_brought_back_first()
    {
        var story = Finished();
        story.Publish(Morning, Morning);
        story.Withdraw(Morning.AddHours(1), successorId: 77);

        Assert.Throws<InvalidOperationException>(() => Republish(story, Morning.AddHours(2)));
        Assert.Equal(StoryState.Withdrawn, story.StateAt(Morning.AddHours(2)));
        Assert.Equal(77, story.SuccessorId);

        story.BringBack();
        Republish(story, Morning.AddHours(3));
        Assert.Equal(Morning, story.PublishAt);
        Assert.Equal(Morning.AddHours(3), story.UpdatedAt);
    }

    [Fact]
    public void The_change_of_a_story_readers_have_is_not_put_off()
    {
        var story = Finished();
        story.Publish(Morning, Morning);

        Assert.Throws<InvalidOperationException>(() => Republish(story, Morning.AddHours(1), at: Morning.AddHours(2)));

        Assert.Equal(1, story.PublishedNumber);
        Assert.Null(story.UpdatedAt);
    }

    [Fact]
    public void Only_what_readers_have_can_be_withdrawn_and_only_what_was_withdrawn_brought_back()
    {
        var draft = Finished();
        var due = Finished();
        due.Publish(Morning.AddHours(1), Morning);

        Assert.Throws<InvalidOperationException>(() => draft.Withdraw(Morning));
        Assert.Throws<InvalidOperationException>(() => due.Withdraw(Morning));
        Assert.Throws<InvalidOperationException>(due.BringBack);
    }

    [Fact]
    public void A_story_is_not_its_own_successor()
    {
        var story = Finished();
        story.Publish(Morning, Morning);

        Assert.Throws<InvalidOperationException>(() => story.Withdraw(Morning, story.Id));

        Assert.Equal(StoryState.Live, story.StateAt(Morning));
    }

    [Fact]
    public void Saving_makes_a_revision_and_leaves_readers_the_published_one()
    {
        var story = Finished();
        story.Publish(Morning, Morning);

        story.Rewrite(story.Draft with { Headline = "Another headline" }, 3, Morning.AddHours(1));

        Assert.Equal(2, story.RevisionNumber);
        Assert.Equal(1, story.PublishedNumber);
        Assert.True(story.HasUnpublishedChanges);
        Assert.Equal(["Bridge over the Wend opens at last", "Another headline"], story.Revisions.Select(r => r.Text.Headline));
    }

    [Fact]
    public void Publishing_files_the_story_under_its_topics_and_writers_in_their_order()
    {
        var story = Finished();
        story.Rewrite(story.Draft with { TopicIds = [2, 1], WriterIds = [2, 1] }, null, Morning);
        story.Publish(Morning, Morning);

        story.Rewrite(story.Draft with { TopicIds = [1], WriterIds = [1, 2] }, null, Morning);
        story.Publish(Morning, Morning);

        Assert.Equal([1], story.Topics.Select(t => t.TopicId));
        Assert.Equal([1, 2], story.Bylines.OrderBy(b => b.Position).Select(b => b.WriterId));
    }

    private static Story Finished()
    {
        var story = Story.Begin(null, Morning);
        story.Rewrite(Edition.BridgeOpens, null, Morning);
        return story;
    }

    private static void Republish(Story story, DateTimeOffset now, bool isSubstantive = true, DateTimeOffset? at = null)
    {
        story.Rewrite(story.Draft with { Copy = story.Draft.Copy + " More." }, null, now);
        story.Publish(at ?? now, now, isSubstantive);
    }
}
