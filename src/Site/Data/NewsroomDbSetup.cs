using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace LondonDefender.Data;

public static class NewsroomDbSetup
{
    /// <summary>The factory works on the newsroom's connections; the context of a request on the readers', unless it is a newsroom's.</summary>
    public static void AddNewsroomDb(this WebApplicationBuilder builder)
    {
        builder.Services.AddPooledDbContextFactory<NewsroomDb>(options => options.UseNpgsql(NewsroomConnections.ForNewsroom(Given(builder.Configuration))));
        builder.Services.AddSingleton<ReadersDb>();
        builder.Services.AddScoped(services => IsReaders(services.GetRequiredService<IHttpContextAccessor>().HttpContext)
            ? services.GetRequiredService<ReadersDb>().Open()
            : services.GetRequiredService<IDbContextFactory<NewsroomDb>>().CreateDbContext());
    }

    private static string? Given(IConfiguration settings) => settings.GetConnectionString("Newsroom");

    private static bool IsReaders(HttpContext? http) => http is not null && !http.Request.Path.StartsWithSegments("/desk");

    private sealed class ReadersDb(IServiceProvider services, IConfiguration settings)
    {
        // With the same services both kinds of context share one model.
        private readonly PooledDbContextFactory<NewsroomDb> contexts = new(new DbContextOptionsBuilder<NewsroomDb>()
            .UseApplicationServiceProvider(services)
            .UseNpgsql(NewsroomConnections.ForReaders(Given(settings)))
            .Options);

        public NewsroomDb Open() => contexts.CreateDbContext();
    }
}
