using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.Staff;
using Microsoft.AspNetCore.Http.Features;

namespace LondonDefender.Wire.MovingOut;

public static class MovingOutSetup
{
    public static void AddMovingOut(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PictureFiles>();
        builder.Services.AddSingleton<PaperExport>();
        builder.Services.AddSingleton<PaperImport>();
        builder.Services.AddSingleton<OneExportAtATime>();
    }

    /// <summary>A form and not a link: it reads the whole database, which nobody should be led into.</summary>
    public static void MapMovingOut(this IEndpointRouteBuilder app) =>
        app.MapPost("/desk/moving-out/export", ExportAsync).RequireAuthorization(Rights.ChiefEditors).RequireFormToken();

    private static async Task<IResult> ExportAsync(HttpContext http, PaperExport export, OneExportAtATime turn, NewsroomDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!turn.TryTake())
            return TypedResults.LocalRedirect("~/desk/moving-out?busy=true");

        try
        {
            var settings = await db.SettingsAsync(ct);
            var day = new PaperClock(settings.Zone).Day(clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            http.Response.ContentType = "application/zip";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{Slugs.From(settings.Name)}-{day}.zip\"";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await http.Response.StartAsync(ct);
            await export.WriteAsync(http.Response.Body, ct);
        }
        catch (Exception) when (http.Response.HasStarted)
        {
            // Only a broken line tells a browser that what it has is not the whole.
            http.Abort();
            throw;
        }
        finally
        {
            turn.GiveBack();
        }

        return TypedResults.Empty;
    }
}

/// <summary>Who presses the button twice does not have the paper read twice at once.</summary>
public sealed class OneExportAtATime
{
    private int taken;

    public bool TryTake() => Interlocked.Exchange(ref taken, 1) == 0;

    public void GiveBack() => Volatile.Write(ref taken, 0);
}
