using System.Text.RegularExpressions;
using LondonDefender.Data;
using LondonDefender.Wire.MovingOut;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Wire.MovingOut;

/// <summary>Whoever adds a table says whether it goes along when the paper moves out.</summary>
public sealed partial class WhatMovesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Every_table_goes_along_or_stays_for_a_reason()
    {
        var tables = (await TablesAsync()).Select(table => table.Name).ToHashSet();
        var decided = MovedTables.All.Select(table => table.Name).Concat(MovedTables.LeftOut.Keys).ToList();

        Assert.True(tables.SetEquals(decided) && decided.Count == tables.Count,
            "Say in MovedTables whether it is exported, or why not. Undecided: " + string.Join(", ", tables.Except(decided)) + ". Not in the database: " + string.Join(", ", decided.Except(tables)) + ".");
        Assert.All(MovedTables.LeftOut.Values, reason => Assert.True(reason.Length > 20));
    }

    [Fact]
    public async Task Where_a_table_has_secrets_every_column_is_decided()
    {
        foreach (var table in (await TablesAsync()).Join(MovedTables.All, table => table.Name, moved => moved.Name, (table, moved) => (table.Columns, Moved: moved)))
        {
            var undecided = table.Columns.Where(column => !table.Moved.Takes(column)).ToList();
            Assert.True(undecided.Count == 0, $"Say in MovedTables whether {table.Moved.Name} may give out {string.Join(", ", undecided)}.");
            Assert.All(table.Moved.Instead.Keys, column => Assert.Contains(column, table.Columns));
        }
    }

    [Fact]
    public async Task Nothing_that_sounds_like_a_secret_goes_along_unseen()
    {
        string[] harmless = ["pictures.file_hash", "pictures.address_hash", "stories.source_key"];

        var suspect = (await TablesAsync()).Join(MovedTables.All, table => table.Name, moved => moved.Name, (table, moved) => (table, moved))
            .SelectMany(pair => pair.table.Columns.Where(column => !pair.moved.Instead.ContainsKey(column)).Select(column => $"{pair.table.Name}.{column}"))
            .Where(column => SoundsSecret().IsMatch(column)).Except(harmless);

        Assert.Empty(suspect);
    }

    private async Task<List<WholeTable>> TablesAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        await using var database = await WholeTables.ReadAsync(db, default);
        return await database.ListAsync(default);
    }

    [GeneratedRegex("pass(word|key)|secret|token|hash|stamp|_key|credential")]
    private static partial Regex SoundsSecret();
}
