using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting;

public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => "The paper is up.").AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    /// <summary>The database answers, and knows every migration this program brings.</summary>
    private static async Task<IResult> ReadyAsync(NewsroomDb db, CancellationToken ct)
    {
        try
        {
            return (await db.Database.GetPendingMigrationsAsync(ct)).Any()
                ? TypedResults.Text("The database still waits for a migration.", statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.Text("The paper is ready.");
        }
        catch (Exception problem) when (DatabaseAway.Explains(problem))
        {
            return TypedResults.Text("The database does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
