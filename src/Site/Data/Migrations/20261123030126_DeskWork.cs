using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>
    /// What the desk keeps: searches and sets, other words for topics, addresses that lead on, since when lines wait. No page that is kept reads any of the new
    /// tables (redirects and the search are made at every request), so nobody is told of them; that a section is retired its row tells.
    /// </summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261123030126_DeskWork")]
    public partial class DeskWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retired_at",
                table: "sections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "let_wait_at",
                table: "read_more_links",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "waiting_since",
                table: "read_more_links",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.CreateTable(
                name: "former_slugs",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    slug = table.Column<string>(type: "text", nullable: false),
                    former_id = table.Column<int>(type: "integer", nullable: true),
                    target_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_former_slugs", x => new { x.kind, x.slug });
                });

            migrationBuilder.CreateTable(
                name: "saved_searches",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    query = table.Column<string>(type: "text", nullable: false),
                    story_ids = table.Column<int[]>(type: "integer[]", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_searches", x => x.id);
                    table.ForeignKey(
                        name: "FK_saved_searches_users_person_id",
                        column: x => x.person_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "topic_synonyms",
                columns: table => new
                {
                    slug = table.Column<string>(type: "text", nullable: false),
                    topic_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_topic_synonyms", x => x.slug);
                    table.ForeignKey(
                        name: "FK_topic_synonyms_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "saved_drafts",
                table: "stories",
                columns: new[] { "saved_at", "id" },
                descending: new bool[0],
                filter: "published_number is null");

            migrationBuilder.CreateIndex(
                name: "saved_withdrawn",
                table: "stories",
                columns: new[] { "saved_at", "id" },
                descending: new bool[0],
                filter: "withdrawn_at is not null");

            migrationBuilder.CreateIndex(
                name: "longest_waiting",
                table: "read_more_links",
                columns: new[] { "waiting_since", "id" },
                filter: "to_id is null and headline is not null");

            migrationBuilder.CreateIndex(
                name: "IX_former_slugs_kind_former_id",
                table: "former_slugs",
                columns: new[] { "kind", "former_id" },
                filter: "former_id is not null");

            migrationBuilder.CreateIndex(
                name: "IX_former_slugs_kind_target_id",
                table: "former_slugs",
                columns: new[] { "kind", "target_id" });

            migrationBuilder.CreateIndex(
                name: "IX_saved_searches_person_id_position",
                table: "saved_searches",
                columns: new[] { "person_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_topic_synonyms_topic_id",
                table: "topic_synonyms",
                column: "topic_id");

            migrationBuilder.Sql("""
                CREATE INDEX saved_in_section ON stories (draft_section_id, saved_at DESC, id DESC);
                CREATE INDEX filed_under ON stories USING gin (draft_topic_ids, draft_writer_ids);

                -- Nobody knows any more; the story had its line at its last save at the latest. No page changes by it, so nobody is told.
                ALTER TABLE read_more_links DISABLE TRIGGER tells;
                UPDATE read_more_links SET waiting_since = stories.saved_at FROM stories
                    WHERE stories.id = read_more_links.from_id AND read_more_links.to_id IS NULL AND read_more_links.headline IS NOT NULL;
                ALTER TABLE read_more_links ENABLE TRIGGER tells;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX saved_in_section, filed_under");

            migrationBuilder.DropTable(
                name: "former_slugs");

            migrationBuilder.DropTable(
                name: "saved_searches");

            migrationBuilder.DropTable(
                name: "topic_synonyms");

            migrationBuilder.DropIndex(
                name: "saved_drafts",
                table: "stories");

            migrationBuilder.DropIndex(
                name: "saved_withdrawn",
                table: "stories");

            migrationBuilder.DropIndex(
                name: "longest_waiting",
                table: "read_more_links");

            migrationBuilder.DropColumn(
                name: "retired_at",
                table: "sections");

            migrationBuilder.DropColumn(
                name: "let_wait_at",
                table: "read_more_links");

            migrationBuilder.DropColumn(
                name: "waiting_since",
                table: "read_more_links");
        }
    }
}
