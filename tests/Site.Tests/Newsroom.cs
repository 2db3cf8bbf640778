using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LondonDefender.Tests;

/// <summary>The whole paper on a database and a port of its own, with a clock that tests move and a small known edition.</summary>
public class Newsroom : IAsyncLifetime
{
    private readonly string ownFolder = Directory.CreateTempSubdirectory("defender-paper-").FullName;
    private WebApplication app = null!;

    public MovableClock Clock { get; init; } = new(Edition.Morning);

    public string ConnectionString { get; private set; } = "";
    public Uri Address { get; private set; } = null!;
    public IServiceProvider Services => app.Services;
    public StoryDesk Desk => Services.GetRequiredService<StoryDesk>();

    /// <summary>A reader: keeps no cookie and follows no redirect by itself.</summary>
    public HttpClient Reader { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = await FindDatabaseAsync();
        app = Program.Build(
            ["--urls=http://127.0.0.1:0", $"--ConnectionStrings:Newsroom={ConnectionString}", $"--Hosting:DataFolder={DataFolder}", "--Serilog:MinimumLevel:Default=Error", "--Paper:PageCache=false", .. MoreSettings],
            builder => builder.Services.AddSingleton<TimeProvider>(Clock));
        await app.StartAsync();

        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        await FillAsync();
    }

    /// <summary>As on a machine that is switched off; what it kept is still there.</summary>
    public Task StopAsync() => app.StopAsync();

    public virtual async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        await app.DisposeAsync();
        LeaveDatabase();
        await ClearAwayAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A picture that was being printed when the paper ended may lay down one file more, while its folder is being deleted.</summary>
    private async Task ClearAwayAsync()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(ownFolder, recursive: true);
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    /// <summary>Further settings, as arguments. Pages are made at every request, unless it is the cache that a test is about.</summary>
    protected virtual IEnumerable<string> MoreSettings => [];

    public IEnumerable<string> Settings => MoreSettings;

    public virtual string DataFolder => ownFolder;

    protected virtual Task<string> FindDatabaseAsync() => TestPostgres.NewDatabaseAsync();

    // Idle connections are kept for minutes, and a hundred newsrooms share one PostgreSQL.
    private void LeaveDatabase()
    {
        foreach (var pool in new[] { ConnectionString, NewsroomConnections.ForReaders(ConnectionString), NewsroomConnections.ForNewsroom(ConnectionString) })
        {
            using var connection = new NpgsqlConnection(pool);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    protected virtual async Task FillAsync()
    {
        await using var db = await OpenDbAsync();
        await Edition.SetAsync(db);
    }

    public Task<NewsroomDb> OpenDbAsync() => Services.GetRequiredService<IDbContextFactory<NewsroomDb>>().CreateDbContextAsync();

    /// <summary>Begins and publishes a story; the id readers find it by.</summary>
    public async Task<int> PublishAsync(StoryText text, DateTimeOffset? at = null)
    {
        var id = await Desk.BeginAsync(null, text);
        Assert.IsType<StoryOutcome.Done>(await Desk.PublishAsync(id, 1, at));
        return id;
    }

    /// <summary>Saves a new text over the newest revision, whichever it is.</summary>
    public async Task<StoryOutcome> RewriteAsync(int id, Func<StoryText, StoryText> change)
    {
        await using var db = await OpenDbAsync();
        var story = await db.Stories.AsNoTracking().SingleAsync(s => s.Id == id);
        return await Desk.SaveAsync(id, story.RevisionNumber, change(story.Draft), null);
    }

    /// <summary>Saves a new text and gives it to readers.</summary>
    public async Task RepublishAsync(int id, Func<StoryText, StoryText> change, bool isSubstantive = false)
    {
        Assert.IsType<StoryOutcome.Done>(await RewriteAsync(id, change));
        await using var db = await OpenDbAsync();
        var revision = await db.Stories.Where(s => s.Id == id).Select(s => s.RevisionNumber).SingleAsync();
        Assert.IsType<StoryOutcome.Done>(await Desk.PublishAsync(id, revision, isSubstantive: isSubstantive));
    }

    /// <summary>Gives readers a front, the front page where nothing else is said.</summary>
    public async Task ArrangeAsync(FrontArrangement arrangement, int front = Front.OfThePaper, DateTimeOffset? at = null)
    {
        var desk = Services.GetRequiredService<FrontDesk>();
        await using var db = await OpenDbAsync();
        var revision = await db.Fronts.Where(f => f.Id == front).Select(f => f.Revision).SingleOrDefaultAsync();
        var saved = Assert.IsType<FrontOutcome.Done>(await desk.SaveAsync(front, new(revision, arrangement), null));
        Assert.IsType<FrontOutcome.Done>(await desk.PublishAsync(front, saved.Front.Revision, at, null));
    }

    public async Task<HttpStatusCode> StatusOf(string address) => (await Reader.GetAsync(address)).StatusCode;

    /// <summary>A page as its reader gets it, whatever its status; a redirect is followed once.</summary>
    public async Task<IDocument> ReadAsync(string address)
    {
        var response = await Reader.GetAsync(address);
        if (response.Headers.Location is { } elsewhere)
            response = await Reader.GetAsync(elsewhere);
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    public Task<IDocument> ReadStoryAsync(int id) => ReadAsync($"/world/{id}");

    /// <summary>Somebody of the staff, signed in through the door everybody uses.</summary>
    public async Task<StaffMember> SignInAsync(Role role)
    {
        var member = await StaffMember.SignInAsync(Address, await HireAsync(role));
        Assert.True(member.SignedIn, $"{member.Name} could not sign in.");
        return member;
    }

    /// <summary>Somebody new, by the name they sign in with; the password is <see cref="StaffMember.Password"/>.</summary>
    public async Task<string> HireAsync(Role role)
    {
        var name = $"{role.ToString().ToLowerInvariant()}-{Guid.NewGuid():N}"[..20];
        await using var scope = Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffDesk>();
        var key = await staff.InviteAsync(name, role);
        Assert.NotNull((await staff.AcceptAsync(key, name, name, StaffMember.Password)).Person);
        return name;
    }

    /// <summary>The id a person has in the newsroom's own tables.</summary>
    public async Task<int> IdOfAsync(StaffMember member)
    {
        await using var db = await OpenDbAsync();
        return await db.Users.Where(p => p.UserName == member.Name).Select(p => p.Id).SingleAsync();
    }

    /// <summary>A story as it lies in the database, with all its revisions.</summary>
    public async Task<Story> StoryAsync(int id)
    {
        await using var db = await OpenDbAsync();
        return await db.Stories.AsNoTracking().Include(s => s.Revisions).SingleAsync(s => s.Id == id);
    }
}
