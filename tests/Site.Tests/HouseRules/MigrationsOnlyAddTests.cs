using System.Text.RegularExpressions;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace LondonDefender.Tests.HouseRules;

/// <summary>During an upgrade the version before works on beside the new one, so nothing that it knows may go.</summary>
public sealed partial class MigrationsOnlyAddTests
{
    // The last that was made before papers ran on several nodes.
    private const string LastOfBefore = "20261122144533_AboutThePaper";

    [Fact]
    public void No_migration_takes_away_what_the_version_before_reads_or_writes()
    {
        using var db = new NewsroomDb(new DbContextOptionsBuilder<NewsroomDb>().UseNpgsql("Host=nowhere").Options);
        var assembly = db.GetService<IMigrationsAssembly>();
        var newer = assembly.Migrations.Where(one => string.CompareOrdinal(one.Key, LastOfBefore) > 0).ToList();

        Assert.NotEmpty(newer);
        foreach (var (id, type) in newer)
        {
            var migration = assembly.CreateMigration(type, db.Database.ProviderName!);
            Assert.All(migration.UpOperations, operation => Assert.True(IsAddition(operation), $"{id} does more than add: {operation.GetType().Name}."));
        }
    }

    private static bool IsAddition(MigrationOperation operation) => operation switch
    {
        CreateTableOperation or CreateIndexOperation or AddForeignKeyOperation { IsDestructiveChange: false } => true,
        AddColumnOperation column => column.IsNullable || column.DefaultValue is not null || column.DefaultValueSql is not null || column.ComputedColumnSql is not null,
        // An index is missed by nobody but the clock.
        DropIndexOperation => true,
        SqlOperation sql => !Takes().IsMatch(sql.Sql),
        _ => false,
    };

    // "OR TRUNCATE" stands in triggers that forbid it.
    [GeneratedRegex(@"\bDROP\s+(TABLE|COLUMN|FUNCTION|TRIGGER|VIEW|TYPE)|\bRENAME\b|\bSET\s+NOT\s+NULL|\bALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE|(?<!\bOR )\bTRUNCATE\b", RegexOptions.IgnoreCase)]
    private static partial Regex Takes();
}
