using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Data;

public static class NewsroomDbSetup
{
    public static void AddNewsroomDb(this WebApplicationBuilder builder) =>
        builder.Services.AddDbContextFactory<NewsroomDb>(options =>
            options.UseNpgsql(builder.Configuration.GetConnectionString("Newsroom")));
}
