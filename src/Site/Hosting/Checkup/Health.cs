using LondonDefender.Paper;

namespace LondonDefender.Hosting.Checkup;

public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Readiness>();

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", PageRoutes.Reading, () => "The paper is up.").IsPage();
        app.MapMethods("/health/ready", PageRoutes.Reading, ReadyAsync).IsPage();
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

    /// <summary>A sentence on each thing the paper stands on; those who only want yes or no read the status.</summary>
    private static async Task<IResult> ReadyAsync(Readiness readiness)
    {
        var findings = await readiness.FindAsync();
        var isReady = findings.All(finding => finding.IsWell);
        string[] lines = [isReady ? "The paper is ready." : "The paper is not ready.", .. findings.Select(finding => finding.Sentence)];
        return TypedResults.Text(string.Join('\n', lines) + "\n", statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
