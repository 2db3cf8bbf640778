using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261123025926_HandedOn")]
    public partial class HandedOn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "four_eyes",
                table: "paper_settings",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Who is told that a story is out is looked for among the newest of them, several times a minute.
            migrationBuilder.Sql("CREATE INDEX ix_receipts_told_at ON receipts (told_at)");

            migrationBuilder.CreateTable(
                name: "mail_wishes",
                columns: table => new
                {
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    kinds = table.Column<string[]>(type: "text[]", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mail_wishes", x => x.person_id);
                    table.ForeignKey(
                        name: "FK_mail_wishes_users_person_id",
                        column: x => x.person_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    once = table.Column<string>(type: "text", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    mail_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mail_tries = table.Column<int>(type: "integer", nullable: false),
                    mailed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => x.id);
                    table.ForeignKey(
                        name: "FK_notices_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_notices_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_notices_users_person_id",
                        column: x => x.person_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "passage_comments",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    answers_id = table.Column<int>(type: "integer", nullable: true),
                    quote = table.Column<string>(type: "text", nullable: false),
                    anchor = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "text", nullable: false),
                    after = table.Column<string>(type: "text", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_by_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_passage_comments", x => x.id);
                    table.ForeignKey(
                        name: "FK_passage_comments_passage_comments_answers_id",
                        column: x => x.answers_id,
                        principalTable: "passage_comments",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_passage_comments_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_passage_comments_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_passage_comments_users_resolved_by_id",
                        column: x => x.resolved_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "story_progress",
                columns: table => new
                {
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    moved_by_id = table.Column<int>(type: "integer", nullable: true),
                    assignee_id = table.Column<int>(type: "integer", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_story_progress", x => x.story_id);
                    table.ForeignKey(
                        name: "FK_story_progress_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_story_progress_users_assignee_id",
                        column: x => x.assignee_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_story_progress_users_changed_by_id",
                        column: x => x.changed_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_story_progress_users_moved_by_id",
                        column: x => x.moved_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "story_steps",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    words = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_story_steps", x => x.id);
                    table.ForeignKey(
                        name: "FK_story_steps_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_story_steps_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_story_steps_users_person_id",
                        column: x => x.person_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "IX_notices_at",
                table: "notices",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_notices_by_id",
                table: "notices",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "IX_notices_person_id_id",
                table: "notices",
                columns: new[] { "person_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "IX_notices_person_id_once",
                table: "notices",
                columns: new[] { "person_id", "once" },
                unique: true,
                filter: "once is not null");

            migrationBuilder.CreateIndex(
                name: "IX_notices_story_id",
                table: "notices",
                column: "story_id");

            migrationBuilder.CreateIndex(
                name: "unread_notices",
                table: "notices",
                column: "person_id",
                filter: "read_at is null");

            migrationBuilder.CreateIndex(
                name: "IX_passage_comments_answers_id",
                table: "passage_comments",
                column: "answers_id");

            migrationBuilder.CreateIndex(
                name: "IX_passage_comments_at",
                table: "passage_comments",
                column: "at",
                filter: "resolved_at is null");

            migrationBuilder.CreateIndex(
                name: "IX_passage_comments_by_id",
                table: "passage_comments",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "IX_passage_comments_resolved_by_id",
                table: "passage_comments",
                column: "resolved_by_id");

            migrationBuilder.CreateIndex(
                name: "IX_passage_comments_story_id_id",
                table: "passage_comments",
                columns: new[] { "story_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_story_progress_assignee_id",
                table: "story_progress",
                column: "assignee_id");

            migrationBuilder.CreateIndex(
                name: "IX_story_progress_changed_at",
                table: "story_progress",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "IX_story_progress_changed_by_id",
                table: "story_progress",
                column: "changed_by_id");

            migrationBuilder.CreateIndex(
                name: "IX_story_progress_due_at",
                table: "story_progress",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "IX_story_progress_moved_by_id",
                table: "story_progress",
                column: "moved_by_id");

            migrationBuilder.CreateIndex(
                name: "IX_story_steps_by_id",
                table: "story_steps",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "IX_story_steps_person_id",
                table: "story_steps",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "IX_story_steps_story_id_id",
                table: "story_steps",
                columns: new[] { "story_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX ix_receipts_told_at");

            migrationBuilder.DropTable(
                name: "mail_wishes");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "passage_comments");

            migrationBuilder.DropTable(
                name: "story_progress");

            migrationBuilder.DropTable(
                name: "story_steps");

            migrationBuilder.DropColumn(
                name: "four_eyes",
                table: "paper_settings");
        }
    }
}
