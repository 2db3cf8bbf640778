using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReadingEdition : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "portrait_id",
                table: "writers",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "draft_backstory",
                table: "stories",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "draft_front_headline",
                table: "stories",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "draft_kind",
                table: "stories",
                type: "text",
                nullable: false,
                defaultValue: "Report");

            migrationBuilder.AddColumn<string>(
                name: "draft_picture_alt",
                table: "stories",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "draft_picture_caption",
                table: "stories",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "draft_picture_id",
                table: "stories",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "draft_search_headline",
                table: "stories",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "draft_share_headline",
                table: "stories",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "backstory",
                table: "revisions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "front_headline",
                table: "revisions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "revisions",
                type: "text",
                nullable: false,
                defaultValue: "Report");

            migrationBuilder.AddColumn<string>(
                name: "picture_alt",
                table: "revisions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "picture_caption",
                table: "revisions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "picture_id",
                table: "revisions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "search_headline",
                table: "revisions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "share_headline",
                table: "revisions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "banners",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    words = table.Column<string>(type: "text", nullable: false),
                    story_id = table.Column<int>(type: "integer", nullable: true),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_banners", x => x.id);
                    table.CheckConstraint("banner_ends", "ends_at > starts_at and ends_at <= starts_at + interval '7 days'");
                    table.ForeignKey(
                        name: "FK_banners_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_banners_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "corrections",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    placement = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_corrections", x => x.id);
                    table.ForeignKey(
                        name: "FK_corrections_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_corrections_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "pictures",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    file_hash = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    colour = table.Column<string>(type: "text", nullable: false),
                    caption = table.Column<string>(type: "text", nullable: false),
                    alt = table.Column<string>(type: "text", nullable: false),
                    credit = table.Column<string>(type: "text", nullable: false),
                    rights = table.Column<string>(type: "text", nullable: false),
                    rights_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    uploaded_by_id = table.Column<int>(type: "integer", nullable: true),
                    focus_x = table.Column<float>(type: "real", nullable: false),
                    focus_y = table.Column<float>(type: "real", nullable: false),
                    address_hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pictures", x => x.id);
                    table.ForeignKey(
                        name: "FK_pictures_users_uploaded_by_id",
                        column: x => x.uploaded_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "story_follows",
                columns: table => new
                {
                    from_id = table.Column<int>(type: "integer", nullable: false),
                    block = table.Column<int>(type: "integer", nullable: false),
                    to_id = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    follows = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_story_follows", x => new { x.from_id, x.block, x.to_id, x.day });
                    table.ForeignKey(
                        name: "FK_story_follows_stories_from_id",
                        column: x => x.from_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_story_follows_stories_to_id",
                        column: x => x.to_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "story_reads",
                columns: table => new
                {
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    reads = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_story_reads", x => new { x.story_id, x.day });
                    table.ForeignKey(
                        name: "FK_story_reads_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "picture_uses",
                columns: table => new
                {
                    picture_id = table.Column<int>(type: "integer", nullable: false),
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    revision_number = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_picture_uses", x => new { x.picture_id, x.story_id, x.revision_number });
                    table.ForeignKey(
                        name: "FK_picture_uses_pictures_picture_id",
                        column: x => x.picture_id,
                        principalTable: "pictures",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_picture_uses_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_writers_portrait_id",
                table: "writers",
                column: "portrait_id");

            migrationBuilder.CreateIndex(
                name: "IX_banners_by_id",
                table: "banners",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "IX_banners_ends_at",
                table: "banners",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "IX_banners_story_id",
                table: "banners",
                column: "story_id");

            migrationBuilder.CreateIndex(
                name: "IX_corrections_by_id",
                table: "corrections",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "IX_corrections_published_at_id",
                table: "corrections",
                columns: new[] { "published_at", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "IX_corrections_story_id_published_at",
                table: "corrections",
                columns: new[] { "story_id", "published_at" });

            migrationBuilder.CreateIndex(
                name: "IX_picture_uses_story_id",
                table: "picture_uses",
                column: "story_id");

            migrationBuilder.CreateIndex(
                name: "IX_pictures_address_hash",
                table: "pictures",
                column: "address_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_pictures_file_hash",
                table: "pictures",
                column: "file_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_pictures_uploaded_at_id",
                table: "pictures",
                columns: new[] { "uploaded_at", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "IX_pictures_uploaded_by_id",
                table: "pictures",
                column: "uploaded_by_id");

            migrationBuilder.CreateIndex(
                name: "IX_story_follows_day_to_id",
                table: "story_follows",
                columns: new[] { "day", "to_id" });

            migrationBuilder.CreateIndex(
                name: "IX_story_follows_to_id",
                table: "story_follows",
                column: "to_id");

            migrationBuilder.CreateIndex(
                name: "IX_story_reads_day_reads",
                table: "story_reads",
                columns: new[] { "day", "reads" },
                descending: new bool[0]);

            migrationBuilder.AddForeignKey(
                name: "FK_writers_pictures_portrait_id",
                table: "writers",
                column: "portrait_id",
                principalTable: "pictures",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_writers_pictures_portrait_id",
                table: "writers");

            migrationBuilder.DropTable(
                name: "banners");

            migrationBuilder.DropTable(
                name: "corrections");

            migrationBuilder.DropTable(
                name: "picture_uses");

            migrationBuilder.DropTable(
                name: "story_follows");

            migrationBuilder.DropTable(
                name: "story_reads");

            migrationBuilder.DropTable(
                name: "pictures");

            migrationBuilder.DropIndex(
                name: "IX_writers_portrait_id",
                table: "writers");

            migrationBuilder.DropColumn(
                name: "portrait_id",
                table: "writers");

            migrationBuilder.DropColumn(
                name: "draft_backstory",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "draft_front_headline",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "draft_kind",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "draft_picture_alt",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "draft_picture_caption",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "draft_picture_id",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "draft_search_headline",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "draft_share_headline",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "backstory",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "front_headline",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "picture_alt",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "picture_caption",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "picture_id",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "search_headline",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "share_headline",
                table: "revisions");
        }
    }
}
