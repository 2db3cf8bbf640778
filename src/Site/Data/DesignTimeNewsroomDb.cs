using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace LondonDefender.Data;

/// <summary>For `dotnet ef` alone, which needs the model but no database.</summary>
public sealed class DesignTimeNewsroomDb : IDesignTimeDbContextFactory<NewsroomDb>
{
    public NewsroomDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<NewsroomDb>().UseNpgsql("Host=nowhere").Options);
}
