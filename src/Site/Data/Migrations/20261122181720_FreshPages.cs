using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <inheritdoc />
    public partial class FreshPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "newest_headings",
                table: "search_entries",
                columns: new[] { "section_id", "published_at", "story_id" },
                descending: new[] { false, true, true })
                .Annotation("Npgsql:IndexInclude", new[] { "heading" });

            // By hand, for EF has no indexes on a part of a complex property: which texts pick a story by hand.
            migrationBuilder.Sql("CREATE INDEX related_by_hand ON revisions USING gin (related_ids) WHERE related_ids <> ARRAY[]::integer[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX related_by_hand");
            migrationBuilder.DropIndex(
                name: "newest_headings",
                table: "search_entries");
        }
    }
}
