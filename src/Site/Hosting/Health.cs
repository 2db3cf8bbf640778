using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting;

public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapPage("/health/live", () => "The paper is up.");
        app.MapPage("/health/ready", ReadyAsync);
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
