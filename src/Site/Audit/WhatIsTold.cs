using System.Collections;
using System.Globalization;
using LondonDefender.Bylines;
using LondonDefender.Copy;
using LondonDefender.Fronts;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Workflow;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace LondonDefender.Audit;

/// <param name="Themselves">Who did it where nobody is signed in yet: they come in, or join.</param>
internal sealed record Told(AuditSubject Subject, int? SubjectId, string Words, Person? Themselves = null);

/// <summary>Which changes go into the audit log, and in what words. A table that is not here is named in the test, with the reason.</summary>
internal static class WhatIsTold
{
    private const int LongestValue = 120;

    public static IEnumerable<Told> Of(EntityEntry entry) => entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted) ? [] : entry.Entity switch
    {
        Story story => OfStory(entry, story).Select(words => new Told(AuditSubject.Story, story.Id, words)),
        StoryStep { Kind: StepKind.SecondEyesWaived } step =>
            Once(AuditSubject.Story, step.StoryId, $"let revision {step.RevisionNumber} go out without a second pair of eyes: {Quoted(step.Words)}"),
        Correction correction => Once(AuditSubject.Story, correction.StoryId, $"{Verb(entry, "put up", "changed", "took back")} a {correction.Kind.ToString().ToLowerInvariant()}: {Quoted(correction.Words)}"),
        Banner banner => Once(AuditSubject.Front, banner.StoryId, $"{Verb(entry, "put up", "changed", "took down")} the banner {Quoted(banner.Words)}{Changes(entry)}"),
        FrontVersion version => Once(AuditSubject.Front, null, $"{(entry.State == EntityState.Added ? "published" : "took back")} the arrangement of {FrontName(version.FrontId)}, for {Moment(version.PublishAt)}"),
        Section section => OfFiling(entry, "section", section.Name),
        Topic topic => OfFiling(entry, "topic", topic.Name),
        Writer writer => OfFiling(entry, "writer", writer.Name),
        Picture picture => Once(AuditSubject.Picture, entry.State == EntityState.Added ? null : picture.Id, $"{Verb(entry, "sent in", "changed", "removed")} the picture {Quoted(picture.FileName)}{Changes(entry)}"),
        PaperSettings when entry.State == EntityState.Modified => Once(AuditSubject.Settings, null, "changed the settings" + Changes(entry)),
        Person person => OfPerson(entry, person),
        Invitation invitation => OfInvitation(entry, invitation),
        IdentityUserPasskey<int> passkey when entry.State != EntityState.Modified => Once(AuditSubject.SignIn, passkey.UserId, Verb(entry, "added", "", "removed") + " a passkey"),
        IdentityUserLogin<int> login => Once(AuditSubject.SignIn, login.UserId, $"{Verb(entry, "connected", "changed", "disconnected")} the sign-in by {login.ProviderDisplayName}"),
        Visit visit => OfVisit(entry, visit),
        _ => [],
    };

    private static IEnumerable<string> OfStory(EntityEntry entry, Story story)
    {
        var headline = Quoted(story.Draft.Headline.Length > 0 ? story.Draft.Headline : "Untitled");
        if (entry.State == EntityState.Deleted)
            yield return "spiked " + headline;
        if (Has(entry, nameof(Story.KilledAt)))
            yield return (story.KilledAt is null ? "took back the kill of " : "killed ") + headline;
        else if (Has(entry, nameof(Story.WithdrawnAt)))
            yield return story.WithdrawnAt is null ? "brought back " + headline : $"withdrew {headline}{(story.SuccessorId is { } next ? $", followed by story {next}" : "")}";
        if (Has(entry, nameof(Story.PublishedNumber)) || Has(entry, nameof(Story.PublishAt)))
            yield return story.PublishAt is null || story.PublishedNumber is null ? "took back the schedule of " + headline : $"published {headline} as revision {story.PublishedNumber}, for {Moment(story.PublishAt)}";
        if (Has(entry, nameof(Story.EmbargoUntil)))
            yield return story.EmbargoUntil is null ? "lifted the embargo of " + headline : $"put {headline} under embargo until {Moment(story.EmbargoUntil)}";
        if (Has(entry, nameof(Story.HasActiveProceedings)))
            yield return story.HasActiveProceedings ? $"marked {headline}: proceedings are active" : $"took off the mark of active proceedings from {headline}";
        if (Has(entry, nameof(Story.OwnerId)))
            yield return $"gave {headline} into other hands";
    }

    private static IEnumerable<Told> OfFiling(EntityEntry entry, string what, string name) =>
        Once(AuditSubject.Filing, null, $"{Verb(entry, "added", "changed", "removed")} the {what} {Quoted(name)}{Changes(entry)}");

    private static IEnumerable<Told> OfPerson(EntityEntry entry, Person person)
    {
        if (entry.State == EntityState.Added)
            return [new(AuditSubject.Person, null, $"joined the newsroom as {person.Role.InWords()}", person)];

        var told = new List<Told>();
        void Tell(AuditSubject subject, string words, bool byThemselves = false) => told.Add(new(subject, person.Id, words, byThemselves ? person : null));

        if (Has(entry, nameof(Person.Role)))
            Tell(AuditSubject.Person, $"made {person.Name} {person.Role.InWords()}");
        if (Has(entry, nameof(Person.SectionIds)))
            Tell(AuditSubject.Person, $"changed the sections of {person.Name}{Changes(entry, nameof(Person.SectionIds))}");
        if (Has(entry, nameof(Person.IsActive)))
            Tell(AuditSubject.Person, person.IsActive ? $"let {person.Name} back in" : $"shut {person.Name} out");
        if (Has(entry, nameof(Person.PasswordHash)) && person.PasswordHash is not null)
            Tell(AuditSubject.SignIn, $"chose a new password for {person.Name}", byThemselves: true);
        if (Has(entry, nameof(Person.TwoFactorEnabled)))
            Tell(AuditSubject.SignIn, $"switched the second step of {person.Name} {(person.TwoFactorEnabled ? "on" : "off")}", byThemselves: true);
        if (Has(entry, nameof(Person.LockoutEnd)) && person.LockoutEnd is not null)
            Tell(AuditSubject.SignIn, $"locked the name of {person.Name} after wrong passwords, until {Moment(person.LockoutEnd)}");
        return told;
    }

    private static IEnumerable<Told> OfInvitation(EntityEntry entry, Invitation invitation) => (entry.State, invitation) switch
    {
        (_, { IsFirstRun: true }) or (EntityState.Modified, _) => [],
        (EntityState.Added, { PersonId: { } person }) => Once(AuditSubject.Person, person, $"gave {invitation.Name} a link to come back in by"),
        (EntityState.Added, _) => Once(AuditSubject.Person, null, $"invited {invitation.Name} as {invitation.Role.InWords()}"),
        (_, { UsedAt: null }) => Once(AuditSubject.Person, invitation.PersonId, $"took back the link for {invitation.Name}"),
        _ => [],
    };

    private static IEnumerable<Told> OfVisit(EntityEntry entry, Visit visit) => entry.State switch
    {
        EntityState.Added => Once(AuditSubject.SignIn, visit.PersonId, $"signed in by {visit.By}, with {visit.Browser}"),
        EntityState.Modified when visit.EndedAt is not null => Once(AuditSubject.SignIn, visit.PersonId, $"signed out of {visit.Browser}"),
        _ => [],
    };

    private static string FrontName(int front) => front == Front.OfThePaper ? "the front page" : $"the front of section {front}";

    private static Told[] Once(AuditSubject subject, int? id, string words) => [new(subject, id, words)];

    private static string Verb(EntityEntry entry, string added, string changed, string removed) => entry.State switch
    {
        EntityState.Added => added,
        EntityState.Deleted => removed,
        _ => changed,
    };

    private static bool Has(EntityEntry entry, string property) => entry.State == EntityState.Modified && entry.Property(property) is { IsModified: true } one && !IsSame(one.OriginalValue, one.CurrentValue);

    // A list that is saved once more as it was is another list, but says the same.
    private static bool IsSame(object? was, object? now) => (was, now) is (Array before, Array after) ? before.Cast<object>().SequenceEqual(after.Cast<object>()) : Equals(was, now);

    /// <summary>"; name: “World” → “Abroad”", for each value that is another now.</summary>
    private static string Changes(EntityEntry entry, string? only = null) => entry.State != EntityState.Modified ? "" : string.Concat(entry.Properties
        .Where(property => property.IsModified && (only is null || property.Metadata.Name == only) && InWords(property.OriginalValue) != InWords(property.CurrentValue))
        .Select(property => $"; {Spaced(property.Metadata.Name)}: {InWords(property.OriginalValue)} → {InWords(property.CurrentValue)}"));

    private static string InWords(object? value) => value switch
    {
        null => "none",
        string words => Quoted(words),
        DateTimeOffset moment => Moment(moment),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(InWords)) is { Length: > 0 } all ? all : "none",
        IFormattable one => one.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quoted(string words) => $"“{PlainWords.Cut(PlainWords.OneLine(words), LongestValue)}”";

    private static string Moment(DateTimeOffset? moment) => moment?.ToUniversalTime().ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "never";

    private static string Spaced(string name) => string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
