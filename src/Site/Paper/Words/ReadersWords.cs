using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace LondonDefender.Paper;

/// <summary>The interface's words as readers see them, in the language of the request: each is an entry of ReadersWords.resx.</summary>
public static class ReadersWords
{
    /// <summary>What is spoken wherever no reader is, and whatever a translation lacks.</summary>
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>What the request is answered in, which <see cref="PaperLanguage"/> sets.</summary>
    public static CultureInfo Language => CultureInfo.CurrentUICulture;

    public static readonly ResourceManager Entries = new(typeof(ReadersWords));

    private static string Word([CallerMemberName] string name = "") =>
        Entries.GetString(name, Language) ?? throw new MissingManifestResourceException($"No words are called {name}.");

    private static string Filled(object[] parts, [CallerMemberName] string name = "") => string.Format(Language, Word(name), parts);

    // The frame of every page
    public static string SkipToStories => Word();
    public static string Search => Word();
    public static string MainMenu => Word();
    public static string BreakingNews => Word();
    public static string Breaking => Word();
    public static string Sections => Word();
    public static string ThePaper => Word();
    public static string PublishedToday => Word();
    public static string ArchiveByDay => Word();
    public static string MostRead => Word();
    public static string SearchTheArchive => Word();
    public static string AboutThePaper => Word();
    public static string Corrections => Word();
    public static string RssFeed => Word();
    public static string NewsroomSignIn => Word();
    public static string FollowUs => Word();

    // Days and hours, as .NET writes their forms
    public static string DateForm => Word();
    public static string ShortDateForm => Word();
    public static string WeekdayForm => Word();
    public static string MonthForm => Word();
    public static string TimeForm => Word();

    // The page about the paper
    public static string AboutOf(string paper) => Filled([paper]);
    public static string WhatWeAreFor => Word();
    public static string WhoOwnsThePaper => Word();
    public static string HowWeWork => Word();
    public static string WhenWeGetItWrong => Word();
    public static string WriteToUs => Word();
    public static string WhoWritesHere => Word();
    public static string FeedsAndPrograms => Word();
    public static string FollowByFeeds => Word();
    public static string ProgramsMayRead => Word();

    // A story
    public static string By => Word();
    public static string And => Word();
    public static string Published => Word();
    public static string FirstPublished => Word();
    public static string FirstVersion => Word();
    public static string UpdatedAt => Word();
    public static string Updated => Word();
    public static string ChangesToStory(int changes) => Filled([changes]);
    public static string Topics => Word();
    public static string NoHeadlineYet => Word();
    public static string RelatedStory => Word();
    public static string RelatedStories => Word();
    public static string HowWeDidThis => Word();
    public static string KeyEvents => Word();
    public static string KeyEvent => Word();
    public static string LaterOnThisStory => Word();

    // Kinds of stories
    public static string Report => Word();
    public static string Live => Word();
    public static string Analysis => Word();
    public static string Opinion => Word();
    public static string Interview => Word();
    public static string Review => Word();
    public static string Obituary => Word();

    // Pages that are not there
    public static string NotInThePaper => Word();
    public static string NotInThePaperHelp => Word();
    public static string LatestStories => Word();
    public static string PageNotFound => Word();
    public static string Withdrawn => Word();
    public static string WithdrawnByEditors => Word();
    public static string PerhapsAmongThese => Word();
    public static string ReadThisInstead => Word();
    public static string StoryWithdrawn => Word();

    // Corrections
    public static string CorrectionsAndClarifications => Word();
    public static string Correction => Word();
    public static string Clarification => Word();
    public static string AboutCorrections(string paper) => Filled([paper]);
    public static string NothingPutRight => Word();
    public static string NewerCorrections => Word();
    public static string OlderCorrections => Word();

    // A draft for somebody outside
    public static string DraftConfidential => Word();
    public static string DraftFor(string name) => Filled([name]);
    public static string DraftUntil(string moment) => Filled([moment]);
    public static string DraftSaved(string moment) => Filled([moment]);

    // What changed in a story
    public static string WhatChanged => Word();
    public static string WhatChangedIn(string headline) => Filled([headline]);
    public static string WhatChangedInPage(int page, string headline) => Filled([page, headline]);
    public static string ReadAsItIsNow => Word();
    public static string NeverChanged => Word();
    public static string ChangedSince(string howOften) => Filled([howOften]);
    public static string Once => Word();
    public static string Twice => Word();
    public static string Times(int times) => Filled([times]);
    public static string SubstantiveChange => Word();
    public static string MinorChange => Word();
    public static string NoWordsChanged => Word();
    public static string NewerChanges => Word();
    public static string OlderChanges => Word();
    public static string TakenOut => Word();
    public static string PutIn => Word();
    public static string WordsTheSame(int words) => Filled([words]);
    public static string MoreWords(int words) => Filled([words]);
    public static string EndOfParagraph => Word();
    public static string PartKind => Word();
    public static string PartKicker => Word();
    public static string PartHeadline => Word();
    public static string PartStandfirst => Word();
    public static string PartByline => Word();
    public static string PartDateline => Word();
    public static string PartMainPicture => Word();
    public static string PartText => Word();
    public static string Picture => Word();
    public static string AnotherPicture => Word();

    // The front page, sections, topics and writers
    public static string Latest => Word();
    public static string MoreStories => Word();
    public static string FirstEdition => Word();
    public static string NoStoriesHere => Word();
    public static string MoreFrom(string section) => Filled([section]);
    public static string MoreOn(string topic) => Filled([topic]);
    public static string Section => Word();
    public static string Topic => Word();
    public static string Writer => Word();
    public static string Writers => Word();

    // Pages of a list
    public static string Pages => Word();
    public static string Page(int page) => Filled([page]);
    public static string NameAndPage(string name, int page) => Filled([name, page]);
    public static string NewerStories => Word();
    public static string OlderStories => Word();

    // The archive
    public static string Archive => Word();
    public static string DayByDay(string paper) => Filled([paper]);
    public static string PublishedOn(string paper, string day) => Filled([paper, day]);
    public static string PublishedIn(string paper, string month) => Filled([paper, month]);
    public static string NothingPublishedYet => Word();
    public static string NothingOnThisDay => Word();
    public static string NothingInThisMonth => Word();
    public static string Days => Word();
    public static string DaysOf(string month) => Filled([month]);
    public static string Stories => Word();
    public static string OneStory => Word();
    public static string ManyStories(int stories) => Filled([stories]);
    public static string StoriesAndMore(int stories) => Filled([stories]);
    public static string StoryCounted => Word();
    public static string StoriesCounted => Word();

    // The search
    public static string NarrowTheSearch => Word();
    public static string AllSections => Word();
    public static string From => Word();
    public static string To => Word();
    public static string Order => Word();
    public static string BestMatchFirst => Word();
    public static string NewestFirst => Word();
    public static string ChosenFilters => Word();
    public static string SectionChosen(string name) => Filled([name]);
    public static string TopicChosen(string name) => Filled([name]);
    public static string WriterChosen(string name) => Filled([name]);
    public static string FromDay(string day) => Filled([day]);
    public static string ToDay(string day) => Filled([day]);
    public static string Remove => Word();
    public static string NarrowTheseResults => Word();
    public static string OfTheseStories => Word();
    public static string SearchFor(string words) => Filled([words]);
    public static string SearchHint => Word();
    public static string TheArchiveByDay => Word();
    public static string ShowingResultsFor => Word();
    public static string DidYouMean => Word();
    public static string PagesByThatName => Word();
    public static string MoreThanBestFirst(int stories) => Filled([stories]);
    public static string MoreThanNewestFirst(int stories) => Filled([stories]);
    public static string PreviousResults => Word();
    public static string MoreResults => Word();
    public static string MoreThanListed => Word();
    public static string NoMoreResults => Word();
    public static string BackToFirstPage => Word();
    public static string NothingFound => Word();
    public static string NothingFoundFor(string words) => Filled([words]);
    public static string CheckTheSpelling => Word();
    public static string AnyOfTheseWords => Word();
    public static string AllSectionsAllDays => Word();
    public static string TodayOrArchive => Word();
    public static string SeePublishedToday => Word();
    public static string OnlySince(string month) => Filled([month]);
    public static string LongQuestion(int characters) => Filled([characters]);
    public static string DateNotUnderstood => Word();
    public static string DaysTheWrongWayRound => Word();
    public static string NoTopicCalled(string name) => Filled([name]);
    public static string NoWriterCalled(string name) => Filled([name]);

    // Most read
    public static string MostReadAbout => Word();
    public static string LastDay => Word();
    public static string LastWeek => Word();
    public static string FollowedMost => Word();
    public static string TooLittleRead => Word();
    public static string MostReadOf(string paper) => Filled([paper]);

    // While the database is away
    public static string PaperRests => Word();
    public static string PaperRestsHelp => Word();
    public static string SearchRests => Word();
    public static string SearchRestsHelp => Word();
}
