using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>Words of headlines by themselves, and the newest stories whichever state they are in: what the picker asks for at each key.</summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261123072500_PickerWords")]
    public partial class PickerWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE INDEX IF NOT EXISTS stories_headline_words ON stories USING gin (to_tsvector('newsroom_words'::regconfig, draft_headline));
                CREATE INDEX IF NOT EXISTS stories_newest ON stories (COALESCE(publish_at, saved_at) DESC, id DESC);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX stories_headline_words; DROP INDEX stories_newest;");
        }
    }
}
