using LondonDefender.Archive;
using LondonDefender.Audit;
using LondonDefender.Bylines;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Feeds;
using LondonDefender.Fronts;
using LondonDefender.Hosting;
using LondonDefender.Hosting.Checkup;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Stories.Changes;
using LondonDefender.Stories.Corrections;
using LondonDefender.Stories.Drafts;
using LondonDefender.Wire;
using LondonDefender.Wire.MovingIn;
using LondonDefender.Wire.MovingOut;
using LondonDefender.Workflow;

namespace LondonDefender;

/// <summary>The table of contents: what the paper is made of, and what answers where.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args);

    /// <param name="adjust">For tests: a clock that can be moved, a port of their own.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = PaperHost.CreateBuilder(args);
        var dataFolder = DataFolder.Resolve(builder.Configuration["Hosting:DataFolder"]);
        builder.AddLogging();
        builder.AddTelemetry();
        builder.AddCompression();
        builder.AddTurnstiles();
        builder.AddHealth();
        builder.AddSystemPage();
        builder.AddNewsroomDb();
        builder.AddPaper();
        builder.AddPaperCache(dataFolder);
        builder.AddSections();
        builder.AddStories();
        builder.AddWorkflow();
        builder.AddReadership();
        builder.AddPictures(dataFolder);
        builder.AddFronts();
        builder.AddFeeds();
        builder.AddStaff();
        builder.AddAudit();
        builder.AddDesk(dataFolder);
        builder.AddWire();
        builder.AddMovingIn(dataFolder);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UsePaperCache();
        app.UseRouting();
        app.UseFrontDoor();
        app.UsePagePrinting();
        app.UsePreparation();
        app.UseTurnstiles();
        app.UseStaff();
        app.UseReadership();
        app.UsePaperLanguage();

        app.MapHealth();
        app.MapStaticAssets().AllowAnonymous();
        app.MapFronts();
        app.MapAbout();
        app.MapSections();
        app.MapStories();
        app.MapReadership();
        app.MapChangeLogs();
        app.MapCorrections();
        app.MapWriters();
        app.MapArchive();
        app.MapFeeds();
        app.MapPictures();
        app.MapStaff();
        app.MapAudit();
        app.MapStoryDesk();
        app.MapDraftLinks();
        app.MapWorkflow();
        app.MapBesideTheText();
        app.MapPictureDesk();
        app.MapMovingIn();
        app.MapMovingOut();
        app.MapFrontDesk();
        app.MapDesk();
        app.MapNotFound();
        return app;
    }
}
