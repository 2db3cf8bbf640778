using System.Net;
using System.Net.Mail;
using System.Text;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LondonDefender.Workflow;

/// <summary>
/// Takes notices to those who want them by mail, in the background: no save waits for it, and what cannot be delivered is tried again, later
/// each time, for a day.
/// </summary>
public sealed class Postman(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, IOptions<MailOptions> mail, IOptions<PaperOptions> paper, ILogger<Postman> log) : BackgroundService
{
    private const int AtATime = 20;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(5), LongestWait = TimeSpan.FromHours(2), OneMail = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    /// <summary>One round.</summary>
    /// <returns>How many were taken by the server.</returns>
    public async Task<int> GoRoundAsync(CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var letters = await TakeAsync(db, ct);
        var taken = 0;
        foreach (var letter in letters)
        {
            if (!await IsTakenAsync(letter, ct))
                continue;

            taken++;
            await db.Notices.Where(n => n.Id == letter.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailedAt, clock.GetUtcNow()), ct);
        }

        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GoRoundAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug("No mail was taken round: {Problem}", problem.Message);
            }

            await Task.Delay(Each, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// What is due, of those who want it and have not read it meanwhile. It is put off before it is tried, twice as long each time: if this node dies over it,
    /// or the server does not answer, it is tried again by whichever node is first, and by no two at once.
    /// </summary>
    private Task<List<Letter>> TakeAsync(NewsroomDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Database.SqlQuery<Letter>($"""
            WITH due AS (
                SELECT notices.id, address FROM notices JOIN mail_wishes USING (person_id) JOIN users ON users.id = person_id
                WHERE mailed_at IS NULL AND read_at IS NULL AND mail_due_at <= {now} AND at > {now - GivenUpAfter} AND at >= since AND notices.kind = ANY(kinds) AND confirmed_at IS NOT NULL AND is_active
                ORDER BY notices.id LIMIT {AtATime} FOR UPDATE OF notices SKIP LOCKED)
            UPDATE notices SET mail_tries = mail_tries + 1, mail_due_at = {now} + least(interval '1 minute' * 2 ^ mail_tries, {LongestWait})
            FROM due, stories WHERE due.id = notices.id AND stories.id = notices.story_id
            RETURNING notices.id AS "Id", address AS "Address", notices.kind AS "Kind", notices.story_id AS "StoryId", draft_headline AS "Headline",
                (SELECT name FROM users WHERE users.id = by_id) AS "By", mail_tries AS "Tries"
            """).ToListAsync(ct);
    }

    /// <summary>One letter, at once.</summary>
    /// <returns>Whether the server has taken it.</returns>
    public async Task<bool> SendAsync(string address, string subject, string body, CancellationToken ct)
    {
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
            enough.CancelAfter(OneMail);
            using var post = new SmtpClient(mail.Value.Host!.Trim(), mail.Value.Port) { EnableSsl = mail.Value.Secure };
            if (!string.IsNullOrWhiteSpace(mail.Value.User))
                post.Credentials = new NetworkCredential(mail.Value.User, mail.Value.Password);
            using var message = new MailMessage(new MailAddress(mail.Value.From ?? $"newsroom@{Environment.MachineName}"), new MailAddress(address))
            {
                Subject = PlainWords.Cut(PlainWords.OneLine(subject), 200),
                SubjectEncoding = Encoding.UTF8,
                Body = body,
                BodyEncoding = Encoding.UTF8,
            };
            await post.SendMailAsync(message, enough.Token);
            return true;
        }
        catch (Exception problem) when (problem is SmtpException or FormatException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("A letter could not be mailed: {Problem}", problem.Message);
            return false;
        }
    }

    private async Task<bool> IsTakenAsync(Letter letter, CancellationToken ct)
    {
        var said = NoticeWords.Of(Enum.Parse<NoticeKind>(letter.Kind), letter.By);
        var headline = letter.Headline.Length > 0 ? letter.Headline : "Untitled";
        var link = paper.Value.Origin is { } origin ? $"{origin}/desk/stories/{letter.StoryId}\n\n" : "";
        var isTaken = await SendAsync(letter.Address, $"{said}: {headline}", $"{said}: “{headline}”.\n\n{link}You chose in the newsroom, under Notices, to be told of this by mail.\n", ct);
        log.LogInformation("Notice {NoticeId}, at try {Try}: {Outcome}", letter.Id, letter.Tries, isTaken ? "mailed" : "could not be mailed");
        return isTaken;
    }

    private sealed record Letter(int Id, string Address, string Kind, int StoryId, string Headline, string? By, int Tries);
}
