using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Publishing;

/// <summary>What the dialogs of the editing page ask and order.</summary>
public static class PublishingEndpoints
{
    public static void AddPublishing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WhatReadersSee>();
        builder.Services.AddSingleton<Witness>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Witness>());
        builder.Services.AddSingleton<KillDesk>();
    }

    /// <param name="calls">Those of everybody who may write in the story.</param>
    /// <param name="publishing">Those of editors.</param>
    public static void MapPublishing(this IEndpointRouteBuilder app, IEndpointRouteBuilder calls, IEndpointRouteBuilder publishing)
    {
        app.MapGet("/desk/stories/{id:int}/receipts", ReceiptsAsync).RequireAuthorization().WithMetadata(new NewsroomCall());
        calls.MapPost("/{id:int}/proceedings", MarkProceedingsAsync);
        publishing.MapPost("/{id:int}/preflight", PreflightAsync);
        publishing.MapPost("/{id:int}/withdraw", WithdrawAsync);
        publishing.MapPost("/{id:int}/bring-back", BringBackAsync);
        publishing.MapPost("/{id:int}/kill", KillAsync);
        publishing.MapPost("/{id:int}/look-again", LookAgainAsync);
        publishing.MapPost("/{id:int}/revive", ReviveAsync).RequireAuthorization(Rights.ChiefEditors);
    }

    private static async Task<IResult> PreflightAsync(int id, PreflightForm form, ClaimsPrincipal who, NewsroomDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } story)
            return StoryDeskEndpoints.Problem(StatusCodes.Status404NotFound, "This story does not exist any more.");

        return new RazorComponentResult<PreflightRemarks>(new { Preflight = await Preflight.ReadAsync(db, story, form, who.Id(), clock.GetUtcNow(), ct) });
    }

    private static Task<IResult> WithdrawAsync(int id, StoryOrder order, ClaimsPrincipal who, StoryDesk desk, Witness witness, CancellationToken ct) =>
        StoryDeskEndpoints.AnswerAsync(witness.SeeAsync(Deed.Withdrawn, who.Id(), order.Reason, desk.WithdrawAsync(id, order.SuccessorId, ct), ct));

    private static Task<IResult> BringBackAsync(int id, ClaimsPrincipal who, StoryDesk desk, Witness witness, CancellationToken ct) =>
        StoryDeskEndpoints.AnswerAsync(witness.SeeAsync(Deed.BroughtBack, who.Id(), null, desk.BringBackAsync(id, ct), ct));

    private static Task<IResult> KillAsync(int id, StoryOrder order, ClaimsPrincipal who, KillDesk desk, CancellationToken ct) =>
        StoryDeskEndpoints.AnswerAsync(desk.KillAsync(id, order.Reason, who.Id(), ct));

    private static Task<IResult> ReviveAsync(int id, StoryOrder order, ClaimsPrincipal who, KillDesk desk, CancellationToken ct) =>
        StoryDeskEndpoints.AnswerAsync(desk.ReviveAsync(id, order.Reason, who.Id(), ct));

    private static async Task<IResult> MarkProceedingsAsync(int id, ProceedingsMark mark, ClaimsPrincipal who, NewsroomDb db, StoryDesk desk, Witness witness, CancellationToken ct)
    {
        if (!await StoryDeskEndpoints.MayWriteAsync(db, id, who, ct))
            return await StoryDeskEndpoints.WhyNotAsync(db, id, ct);

        return await StoryDeskEndpoints.AnswerAsync(witness.SeeAsync(mark.AreActive ? Deed.ProceedingsBegan : Deed.ProceedingsEnded, who.Id(), null,
            desk.ChangeAsync(id, null, ct, async (changing, story, _) =>
            {
                story.MarkProceedings(mark.AreActive);
                await changing.SaveChangesAsync(ct);
                return new StoryOutcome.Done(story);
            }), ct));
    }

    private static async Task<IResult> ReceiptsAsync(int id, ClaimsPrincipal who, NewsroomDb db, CancellationToken ct)
    {
        if (!await StoryDeskEndpoints.MayWriteAsync(db, id, who, ct))
            return await StoryDeskEndpoints.WhyNotAsync(db, id, ct);

        var clock = new PaperClock((await db.SettingsAsync(ct)).Zone);
        return new RazorComponentResult<StoryReceipts>(new { Receipts = await Receipt.OfStoryAsync(db, id, ct), Clock = clock });
    }

    private static async Task<IResult> LookAgainAsync(int id, NewsroomDb db, Witness witness, KillDesk kills, CancellationToken ct)
    {
        if ((await Receipt.OfStoryAsync(db, id, ct)).FirstOrDefault(receipt => receipt.Deed.IsSeen()) is not { } receipt)
            return StoryDeskEndpoints.Problem(StatusCodes.Status422UnprocessableEntity, "Nothing of this story was given to readers yet, so there is nothing to look at.");

        await Receipt.ForgetWhatWasSeenAsync(db, receipt.Done, ct);
        witness.See(receipt.Done, receipt.Deed == Deed.Killed ? await kills.ThrowPicturesAwayAsync(id, ct) : []);
        return TypedResults.NoContent();
    }

    public sealed record ProceedingsMark(bool AreActive);
}
