using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace LondonDefender.Data;

public static class NewsroomDbSetup
{
    /// <summary>The factory works on the newsroom's connections; the context of a request on the readers', unless it is a newsroom's.</summary>
    public static void AddNewsroomDb(this WebApplicationBuilder builder)
    {
        builder.Services.AddPooledDbContextFactory<NewsroomDb>((services, options) => options
            .UseNpgsql(NewsroomConnections.ForNewsroom(Given(builder.Configuration)))
            .AddInterceptors(services.GetServices<ISaveChangesInterceptor>()));
        builder.Services.AddSingleton<Replica>();
        builder.Services.AddSingleton<ReadersDb>();
        builder.Services.AddScoped(services => IsReaders(services.GetRequiredService<IHttpContextAccessor>().HttpContext)
            ? services.GetRequiredService<ReadersDb>().Open()
            : services.GetRequiredService<IDbContextFactory<NewsroomDb>>().CreateDbContext());
    }

    private static string? Given(IConfiguration settings) => settings.GetConnectionString("Newsroom");

    private static bool IsReaders(HttpContext? http) => http is not null && !http.Request.Path.StartsWithSegments("/desk");

    private sealed class ReadersDb(IServiceProvider services, IConfiguration settings, Replica replica)
    {
        private readonly PooledDbContextFactory<NewsroomDb> nearest = Contexts(services, NewsroomConnections.ForReaders(Given(settings)));
        private readonly PooledDbContextFactory<NewsroomDb>? primary = replica.IsThere ? Contexts(services, NewsroomConnections.ForReadersOfPrimary(Given(settings))) : null;

        public NewsroomDb Open() => (primary is null || replica.MayAnswer ? nearest : primary).CreateDbContext();

        // With the same services all kinds of context share one model.
        private static PooledDbContextFactory<NewsroomDb> Contexts(IServiceProvider services, string connection) =>
            new(new DbContextOptionsBuilder<NewsroomDb>().UseApplicationServiceProvider(services).UseNpgsql(connection).Options);
    }
}
