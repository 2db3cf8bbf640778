using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <inheritdoc />
    public partial class SearchAtScale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Written by hand: numbers beside words in one index, and what two mistyped words have in common.
            migrationBuilder.Sql("""
                CREATE EXTENSION IF NOT EXISTS btree_gin;
                CREATE FUNCTION near_words(word text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
                    $$ SELECT array_agg(left(word, i - 1) || substr(word, i + 1)) || word FROM generate_series(1, length(word)) AS i $$;
                """);

            migrationBuilder.AddColumn<string>(
                name: "email",
                table: "writers",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string[]>(
                name: "links",
                table: "writers",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "published_at",
                table: "search_entries",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<int>(
                name: "section_id",
                table: "search_entries",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int[]>(
                name: "topic_ids",
                table: "search_entries",
                type: "integer[]",
                nullable: false,
                defaultValue: new int[0]);

            migrationBuilder.AddColumn<int[]>(
                name: "writer_ids",
                table: "search_entries",
                type: "integer[]",
                nullable: false,
                defaultValue: new int[0]);

            // Written by hand: stories published before are filed as they stand. The new words of each column are written once more by the
            // next step anyway, so the table is whole and close again after it. Long texts are kept out of the rows that filters look at;
            // and the frequencies of ten thousand words tell which are rare enough to be gathered whole.
            migrationBuilder.Sql("""
                ALTER TABLE search_entries SET (toast_tuple_target = 256);
                ALTER TABLE search_entries ALTER COLUMN vector SET STATISTICS 1000;
                UPDATE search_entries entry SET
                    published_at = coalesce(story.publish_at, story.saved_at),
                    section_id = story.section_id,
                    topic_ids = ARRAY(SELECT topic_id FROM story_topics WHERE story_id = story.id ORDER BY topic_id),
                    writer_ids = ARRAY(SELECT writer_id FROM story_bylines WHERE story_id = story.id ORDER BY position)
                FROM stories story WHERE story.id = entry.story_id;
                """);

            migrationBuilder.AddColumn<NpgsqlTsVector>(
                name: "heading",
                table: "search_entries",
                type: "tsvector",
                nullable: false,
                computedColumnSql: "to_tsvector('newsroom', headline)",
                stored: true);

            migrationBuilder.AddColumn<int>(
                name: "month",
                table: "search_entries",
                type: "integer",
                nullable: false,
                computedColumnSql: "(extract(year from published_at at time zone 'UTC') * 12 + extract(month from published_at at time zone 'UTC') - 1)::integer",
                stored: true);

            migrationBuilder.CreateTable(
                name: "search_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "text", nullable: false),
                    stories = table.Column<int>(type: "integer", nullable: false),
                    near = table.Column<string[]>(type: "text[]", nullable: false, computedColumnSql: "near_words(word)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_search_words", x => x.word);
                });

            // The old index on words alone goes: the new one answers its questions too.
            migrationBuilder.DropIndex(
                name: "IX_search_entries_vector",
                table: "search_entries");

            migrationBuilder.CreateIndex(
                name: "search_everything",
                table: "search_entries",
                columns: new[] { "vector", "heading", "month", "section_id", "topic_ids", "writer_ids" })
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "IX_search_words_near",
                table: "search_words",
                column: "near")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "like_words",
                table: "search_words",
                column: "word")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            // Written by hand: the words of the stories so far, and topics and writers found by name.
            migrationBuilder.Sql("""
                INSERT INTO search_words (word, stories)
                SELECT word, ndoc FROM ts_stat($$
                    SELECT to_tsvector('newsroom_words', entry.headline || ' ' || entry.standfirst || ' '
                        || coalesce((SELECT string_agg(name, ' ') FROM writers WHERE id = ANY (entry.writer_ids)), '') || ' '
                        || coalesce((SELECT string_agg(name, ' ') FROM topics WHERE id = ANY (entry.topic_ids)), ''))
                    FROM search_entries entry $$)
                WHERE length(word) BETWEEN 3 AND 30 AND word !~ '[[:digit:][:punct:]]';
                CREATE INDEX topics_by_name ON topics USING gin (to_tsvector('newsroom', name));
                CREATE INDEX writers_by_name ON writers USING gin (to_tsvector('newsroom', name));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "search_words");

            migrationBuilder.DropIndex(
                name: "search_everything",
                table: "search_entries");

            migrationBuilder.DropColumn(
                name: "heading",
                table: "search_entries");

            migrationBuilder.DropColumn(
                name: "month",
                table: "search_entries");

            migrationBuilder.DropColumn(
                name: "email",
                table: "writers");

            migrationBuilder.DropColumn(
                name: "links",
                table: "writers");

            migrationBuilder.DropColumn(
                name: "published_at",
                table: "search_entries");

            migrationBuilder.DropColumn(
                name: "section_id",
                table: "search_entries");

            migrationBuilder.DropColumn(
                name: "topic_ids",
                table: "search_entries");

            migrationBuilder.DropColumn(
                name: "writer_ids",
                table: "search_entries");

            migrationBuilder.CreateIndex(
                name: "IX_search_entries_vector",
                table: "search_entries",
                column: "vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.Sql("""
                DROP INDEX topics_by_name;
                DROP INDEX writers_by_name;
                DROP FUNCTION near_words;
                """);
        }
    }
}
