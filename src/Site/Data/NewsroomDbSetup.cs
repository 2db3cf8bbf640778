using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Data;

public static class NewsroomDbSetup
{
    private const string Prepare = "Max Auto Prepare", KeepSession = "No Reset On Close";

    public static void AddNewsroomDb(this WebApplicationBuilder builder) =>
        builder.Services.AddPooledDbContextFactory<NewsroomDb>(options =>
            options.UseNpgsql(Tuned(builder.Configuration.GetConnectionString("Newsroom"))));

    /// <summary>
    /// PostgreSQL plans the questions that come again once only, and no connection is wiped between two of them: nothing here changes a
    /// session. Both stay as the connection string has them, for whoever has a PgBouncer in between.
    /// </summary>
    public static string Tuned(string? connectionString)
    {
        var tuned = new NpgsqlConnectionStringBuilder(connectionString);
        if (!tuned.ShouldSerialize(Prepare))
            tuned.MaxAutoPrepare = 200;
        if (!tuned.ShouldSerialize(KeepSession))
            tuned.NoResetOnClose = true;
        return tuned.ConnectionString;
    }
}
