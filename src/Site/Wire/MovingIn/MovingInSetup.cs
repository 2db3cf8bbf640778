using System.Text;
using LondonDefender.Data;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Where files of old papers lie: those sent in, and those that somebody laid there by hand.</summary>
public sealed class MovingInFolder(string path)
{
    public string Path => path;

    /// <summary>Files and folders that may be chosen, by name.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(path)
        ? [.. new DirectoryInfo(path).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.')).OrderByDescending(entry => entry.LastWriteTimeUtc).Select(entry => entry.Name).Take(200)]
        : [];

    /// <summary>Only what lies directly in it; null for any other name.</summary>
    public string? PathOf(string? name) => name is { Length: > 0 } && Names.Contains(name, StringComparer.Ordinal) ? System.IO.Path.Combine(path, name) : null;
}

public static class MovingInSetup
{
    public static void AddMovingIn(this WebApplicationBuilder builder, string dataFolder)
    {
        builder.Services.AddSingleton(new MovingInFolder(Path.Combine(dataFolder, "moving-in")));
        builder.Services.AddSingleton<Mover>();
        builder.Services.AddSingleton<MovingInDesk>();
    }

    public static void MapMovingIn(this IEndpointRouteBuilder app) => app.MapGet("/desk/moving-in/{id:int}/report", ReportAsync).RequireAuthorization(Rights.ChiefEditors);

    private static async Task<IResult> ReportAsync(int id, NewsroomDb db, CancellationToken ct) =>
        await db.ImportRuns.Where(run => run.Id == id && run.Report != "").Select(run => run.Report).SingleOrDefaultAsync(ct) is { } report
            ? TypedResults.File(Encoding.UTF8.GetBytes(report), "text/plain; charset=utf-8", $"moving-in-{id}.txt")
            : TypedResults.Text("There is no report yet.", statusCode: StatusCodes.Status404NotFound);
}
