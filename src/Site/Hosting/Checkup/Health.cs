using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting;

public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapPage("/health/live", () => "The paper is up.");
        app.MapPage("/health/ready", ReadyAsync);
    }

    /// <summary>Asks the paper that runs with these settings on this machine whether it is up: 0 for yes, for whoever watches over a container.</summary>
    public static async Task<int> AskAsync(string[] args)
    {
        var question = new Uri(PaperHost.OwnAddress(PaperHost.CreateBuilder(args).Configuration), "/health/live");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(question);
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"No answer from {question}: {problem.GetBaseException().Message}");
            return 1;
        }
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
