namespace LondonDefender.Paper.PaperCache;

/// <summary>
/// Whoever makes a page may ask for the request's context wherever he is (<see cref="IHttpContextAccessor"/>). To have it at hand costs 400
/// bytes a request, for what is flowing along is copied at every turn, and a page that is given out needs none of it. So the server's own
/// factory is kept from knowing of the accessor, and it is told behind the cache.
/// </summary>
internal static class ContextOfMakers
{
    public static void Add(IServiceCollection services) =>
        services.AddSingleton<IHttpContextFactory>(all => new DefaultHttpContextFactory(new AllButAccessor(all)));

    public static void Use(IApplicationBuilder app)
    {
        var accessor = app.ApplicationServices.GetRequiredService<IHttpContextAccessor>();
        app.Use((http, next) => TellAsync(accessor, http, next));
    }

    private static async Task TellAsync(IHttpContextAccessor accessor, HttpContext http, RequestDelegate next)
    {
        accessor.HttpContext = http;
        try
        {
            await next(http);
        }
        finally
        {
            // The server uses the context again, for another's request: what still runs of this one must not find that.
            accessor.HttpContext = null;
        }
    }

    private sealed class AllButAccessor(IServiceProvider services) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IHttpContextAccessor) ? null : services.GetService(serviceType);
    }
}
