using LondonDefender.Data;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Stories.Corrections;
using LondonDefender.Wire;
using LondonDefender.Wire.MovingOut;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Wire.MovingOut;

/// <summary>The demo edition, and beside it whatever can become of a story, with people who have secrets.</summary>
public class PaperToMove : Newsroom
{
    public const string PasskeyOfTheChief = "c0ffee0000decafbad", SecondStepOfTheChief = "JBSWY3DPEHPK3PXPJBSWY3DP";
    public const string OddHeadline = "“Quoted” 🚀: what's - [odd] #1 \\ said & done, said the Lord Mayor";

    protected override IEnumerable<string> MoreSettings => ["--Paper:Address=https://paper.example"];

    public string ChiefsName { get; private set; } = "";

    /// <summary>Ids of stories that came to something, by what.</summary>
    public Dictionary<string, int> Stories { get; } = [];

    protected override async Task FillAsync()
    {
        await Services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();
        if (Services.GetRequiredService<LondonDefender.Pictures.PictureTools>().IsInstalled)
            await Services.GetRequiredService<DemoPictures>().ArriveAsync(CancellationToken.None, most: 2, longestSide: 400);
        await HireAsync();

        var now = Clock.GetUtcNow();
        Stories["live"] = await PublishAsync(Edition.BridgeOpens);
        await RepublishAsync(Stories["live"], text => text with { Headline = "Bridge over the Wend opens, and closes", Copy = text.Copy + "\n\nIt rained." }, isSubstantive: true);
        Stories["withdrawn"] = await PublishAsync(Edition.FerryCloses);
        Assert.IsType<StoryOutcome.Done>(await Desk.WithdrawAsync(Stories["withdrawn"], Stories["live"]));
        Stories["scheduled"] = await PublishAsync(Edition.MarketOpens, now.AddHours(5));
        Stories["embargoed"] = await Desk.BeginAsync(null, Edition.Told("The budget, under embargo", "Numbers nobody may know."));
        Assert.IsType<StoryOutcome.Done>(await Desk.EmbargoAsync(Stories["embargoed"], now.AddDays(1)));
        Stories["pinned"] = await PublishAsync(Edition.Told(OddHeadline,
            $"One.\n\nREAD MORE: [In our own words](story:{Stories["live"]})\n\nTwo.\n\nREAD MORE: A story that nobody has written\n\nREAD MORE: story:{Stories["withdrawn"]}\n\n\"Tabs\"\tand, commas\\."));
        await Services.GetRequiredService<CorrectionDesk>().AddAsync(Stories["live"], new(CorrectionKind.Correction, CorrectionPlacement.OnTop, "It is the Wend,\nnot the “Went”."), null, default);
        Stories["draft"] = await Desk.BeginAsync(await OwnIdAsync(), new StoryText());

        await using var db = await OpenDbAsync();
        await db.PaperSettings.ExecuteUpdateAsync(set => set.SetProperty(s => s.SocialAccounts, new[] { "https://bsky.app/profile/paper.example", "https://x.com/paper,\"{}" }));
        await db.Database.ExecuteSqlAsync($"INSERT INTO story_reads (story_id, day, reads) SELECT id, {DateOnly.FromDateTime(now.UtcDateTime)}, id * 3 FROM stories WHERE published_number IS NOT NULL");
        await db.Database.ExecuteSqlAsync($"INSERT INTO receipts (story_id, due_at, told_at, node, why_late) VALUES ({Stories["live"]}, {now}, {now}, 'here', NULL) ON CONFLICT DO NOTHING");
        await db.Database.ExecuteSqlAsync($"INSERT INTO banners (story_id, words, starts_at, ends_at) VALUES ({Stories["live"]}, 'The bridge, again', {now.AddHours(-1)}, {now.AddHours(2)})");
        // A number that was given once is not given again.
        Stories["spiked"] = await Desk.BeginAsync(null, new StoryText());
        await db.Stories.Where(s => s.Id == Stories["spiked"]).ExecuteDeleteAsync();
    }

    private async Task HireAsync()
    {
        ChiefsName = await HireAsync(Role.ChiefEditor);
        await HireAsync(Role.Writer);
        await using var db = await OpenDbAsync();
        var id = await OwnIdAsync();
        await db.Database.ExecuteSqlAsync($"INSERT INTO user_passkeys (credential_id, user_id, data) VALUES (decode({PasskeyOfTheChief}, 'hex'), {id}, '{{}}')");
        await db.Database.ExecuteSqlAsync($"INSERT INTO user_tokens (user_id, login_provider, name, value) VALUES ({id}, '[AspNetUserStore]', 'AuthenticatorKey', {SecondStepOfTheChief})");
        await db.Database.ExecuteSqlAsync($"UPDATE users SET two_factor_enabled = true WHERE id = {id}");
    }

    private async Task<int> OwnIdAsync()
    {
        await using var db = await OpenDbAsync();
        return await db.Users.Where(p => p.UserName == ChiefsName).Select(p => p.Id).SingleAsync();
    }

    public async Task<string> ExportAsync(string folder, string name = "paper.zip")
    {
        var path = Path.Combine(folder, name);
        await NewFile.WriteAsync(path, file => Services.GetRequiredService<PaperExport>().WriteAsync(file, default), default);
        return path;
    }

    public Task<ImportReport> ImportAsync(string path) => Services.GetRequiredService<PaperImport>().RunAsync(path, default);

    /// <summary>Every row of every table that moves, as text.</summary>
    public async Task<Dictionary<string, string>> RowsAsync()
    {
        await using var db = await OpenDbAsync();
        await using var tables = await WholeTables.ReadAsync(db, default);
        Dictionary<string, string> rows = [];
        foreach (var table in (await tables.ListAsync(default)).Where(table => MovedTables.All.Any(moved => moved.Name == table.Name)))
        {
            using var text = new MemoryStream();
            await tables.CopyOutAsync(table, MovedTables.All.Single(moved => moved.Name == table.Name).Instead, text, default);
            rows[table.Name] = System.Text.Encoding.UTF8.GetString(text.ToArray());
        }

        rows["next numbers"] = string.Join('\n', (await tables.NumbersAsync(default)).Where(number => rows.ContainsKey(number.Table)));
        return rows;
    }
}

/// <summary>A database with nothing in it but its tables, under another paper's clock.</summary>
public sealed class EmptyPaper : PaperToMove
{
    public static async Task<EmptyPaper> OpenAsync(PaperToMove other)
    {
        var paper = new EmptyPaper { Clock = other.Clock };
        await paper.InitializeAsync();
        return paper;
    }

    protected override Task FillAsync() => Task.CompletedTask;
}
