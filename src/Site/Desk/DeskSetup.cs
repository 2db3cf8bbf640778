namespace LondonDefender.Desk;

public static class DeskSetup
{
    public static void AddDesk(this WebApplicationBuilder builder, string dataFolder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddSingleton(new HouseStyleFile(dataFolder));
    }

    /// <summary>Every routable page is the newsroom's, so one requirement closes them all; a page that is open says so by name.</summary>
    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        app.MapFormToken();
        app.MapRazorComponents<App>().RequireAuthorization();
    }
}
