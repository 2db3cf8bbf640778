using LondonDefender.Data;
using Microsoft.Extensions.Options;

namespace LondonDefender.Paper.PaperCache;

public static class PaperCacheSetup
{
    private static readonly TimeSpan LongestToCatchUp = TimeSpan.FromSeconds(3);

    public static void AddPaperCache(this WebApplicationBuilder builder, string dataFolder)
    {
        builder.Services.Configure<PaperOptions>(options => options.PagesFolder = Path.Combine(dataFolder, "pages"));
        builder.Services.AddSingleton<PagesOnDisk>();
        ContextOfMakers.Add(builder.Services);
        builder.Services.AddSingleton<KeptPages>();
        builder.Services.AddSingleton<PagePrinter>();
        builder.Services.AddSingleton<PageDelivery>();
        builder.Services.AddSingleton<Pressroom>();
        builder.Services.AddSingleton<Nodes>();
        builder.Services.AddSingleton<ChangeWatch>();
        builder.Services.AddSingleton<Patience>();
        builder.Services.AddSingleton<OwnReader>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PagesOnDisk>());
        builder.Services.AddHostedService(services => services.GetRequiredService<Pressroom>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ChangeWatch>());
    }

    /// <summary>Stands before everything else, so that a kept page costs nothing but its bytes.</summary>
    public static void UsePaperCache(this WebApplication app)
    {
        var reader = app.Services.GetRequiredService<OwnReader>();
        ((IApplicationBuilder)app).Use(next => reader.Door = next);
        if (IsOn(app))
            UseDelivery(app);
        ContextOfMakers.Use(app);
    }

    private static void UseDelivery(WebApplication app)
    {
        var delivery = app.Services.GetRequiredService<PageDelivery>();
        var printer = app.Services.GetRequiredService<PagePrinter>();
        ((IApplicationBuilder)app).Use(next =>
        {
            printer.Press = next;
            return http => delivery.GiveAsync(http, next);
        });
    }

    /// <summary>Stands behind the routing and the front door, which says in words what is wrong.</summary>
    public static void UsePagePrinting(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<Patience>().CallOffAsync);
        if (!IsOn(app))
            return;

        app.Use(app.Services.GetRequiredService<PageDelivery>().PrintAsync);
        app.Use(CatchUpBeforeAnswering);
    }

    /// <summary>Who has changed something in the newsroom finds it changed in the paper, however soon he looks.</summary>
    private static Task CatchUpBeforeAnswering(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/desk") && !PageDelivery.IsReading(http.Request))
        {
            var before = http.RequestServices.GetRequiredService<KeptPages>().Edition;
            http.Response.OnStarting(() => CatchUpAsync(http, before));
        }

        return next(http);
    }

    private static async Task CatchUpAsync(HttpContext http, long before)
    {
        // Whoever is told that nothing was changed need not wait for it to be seen.
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            return;

        try
        {
            await HaveItHeardAsync(http.RequestServices, before).WaitAsync(LongestToCatchUp, http.RequestAborted);
        }
        catch (Exception problem) when (problem is OperationCanceledException or TimeoutException || DatabaseAway.Explains(problem))
        {
            // What was changed is safe; the watch hears of it as soon as the database answers again.
        }
    }

    private static async Task HaveItHeardAsync(IServiceProvider services, long before)
    {
        await services.GetRequiredService<ChangeWatch>().CatchUpAsync(CancellationToken.None);
        if (services.GetRequiredService<KeptPages>().Edition != before)
            await services.GetRequiredService<Nodes>().AllHaveHeardAsync(CancellationToken.None);
    }

    private static bool IsOn(WebApplication app) => app.Services.GetRequiredService<IOptions<PaperOptions>>().Value.PageCache;
}
