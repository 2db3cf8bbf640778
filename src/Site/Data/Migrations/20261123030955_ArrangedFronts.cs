using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>Fronts with drafts and published versions. The database tells a version when it is given to readers, and when its moment comes.</summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261123030955_ArrangedFronts")]
    public partial class ArrangedFronts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "fronts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    draft = table.Column<string>(type: "jsonb", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    saved_by_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fronts", x => x.id);
                    table.ForeignKey(
                        name: "FK_fronts_users_saved_by_id",
                        column: x => x.saved_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "front_versions",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    front_id = table.Column<int>(type: "integer", nullable: false),
                    arrangement = table.Column<string>(type: "jsonb", nullable: false),
                    publish_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ordered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true),
                    taken_back_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_front_versions", x => x.id);
                    table.ForeignKey(
                        name: "FK_front_versions_fronts_front_id",
                        column: x => x.front_id,
                        principalTable: "fronts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_front_versions_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "front_pictures",
                columns: table => new
                {
                    version_id = table.Column<int>(type: "integer", nullable: false),
                    story_id = table.Column<int>(type: "integer", nullable: false),
                    picture_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_front_pictures", x => new { x.version_id, x.story_id });
                    table.ForeignKey(
                        name: "FK_front_pictures_front_versions_version_id",
                        column: x => x.version_id,
                        principalTable: "front_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_front_pictures_pictures_picture_id",
                        column: x => x.picture_id,
                        principalTable: "pictures",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_front_pictures_stories_story_id",
                        column: x => x.story_id,
                        principalTable: "stories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_front_pictures_picture_id",
                table: "front_pictures",
                column: "picture_id");

            migrationBuilder.CreateIndex(
                name: "IX_front_pictures_story_id",
                table: "front_pictures",
                column: "story_id");

            migrationBuilder.CreateIndex(
                name: "IX_front_versions_by_id",
                table: "front_versions",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "IX_front_versions_front_id_publish_at_id",
                table: "front_versions",
                columns: new[] { "front_id", "publish_at", "id" },
                descending: new[] { false, true, true },
                filter: "taken_back_at is null");

            migrationBuilder.CreateIndex(
                name: "IX_fronts_saved_by_id",
                table: "fronts",
                column: "saved_by_id");

            migrationBuilder.Sql("""
                -- The front page as it was arranged so far is its first version. Its old table stays for nodes of the version before, and goes with a later one.
                WITH pins AS (
                    SELECT containers.id, pin.story_id, pin.place, row_number() OVER (PARTITION BY pin.story_id ORDER BY position, containers.id, pin.place) AS times
                    FROM containers CROSS JOIN LATERAL unnest(pinned_ids) WITH ORDINALITY AS pin(story_id, place))
                INSERT INTO fronts (id, draft, revision, saved_at)
                SELECT 0, jsonb_build_object('containers', jsonb_agg(jsonb_build_object(
                        'key', 'container-' || id, 'title', title, 'layout', layout, 'size', size,
                        'pins', coalesce((SELECT jsonb_agg(jsonb_build_object('storyId', story_id) ORDER BY place) FROM pins WHERE pins.id = containers.id AND times = 1), '[]'),
                        'fill', jsonb_build_object('by', 'Newest', 'sectionId', section_id, 'topicId', topic_id)) ORDER BY position, id)), 1, now()
                FROM containers HAVING count(*) > 0;
                INSERT INTO front_versions (front_id, arrangement, publish_at, ordered_at) SELECT id, draft, saved_at - interval '1 minute', saved_at FROM fronts;

                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON front_versions FOR EACH ROW EXECUTE FUNCTION row_changed('fronts', 'front:front_id');

                CREATE FUNCTION moments_of_fronts_after(moment timestamptz) RETURNS TABLE (at timestamptz, keys text[]) LANGUAGE sql STABLE AS $$
                    SELECT publish_at, ARRAY['front:' || front_id] FROM front_versions WHERE publish_at > moment AND taken_back_at IS NULL ORDER BY publish_at LIMIT 200
                $$;

                -- Of no worth after a power cut, so it costs no log.
                CREATE UNLOGGED TABLE front_presences (
                    front_id integer NOT NULL,
                    tab text NOT NULL,
                    person_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    typed_at timestamptz,
                    PRIMARY KEY (front_id, tab));

                -- The kind of what readers have, beside the story, so that the newest of a kind are found by index. Null for a report, as nearly all are.
                ALTER TABLE stories ADD COLUMN special_kind text;
                UPDATE stories SET special_kind = revisions.kind FROM revisions
                WHERE revisions.story_id = stories.id AND revisions.number = stories.published_number AND revisions.kind <> 'Report';
                CREATE INDEX newest_of_kind ON stories (special_kind, publish_at DESC, id DESC)
                    WHERE special_kind IS NOT NULL AND published_number IS NOT NULL AND withdrawn_at IS NULL;
                CREATE FUNCTION story_takes_kind() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.special_kind = (SELECT nullif(kind, 'Report') FROM revisions WHERE story_id = NEW.id AND number = NEW.published_number);
                    RETURN NEW;
                END $$;
                CREATE TRIGGER takes_kind BEFORE INSERT OR UPDATE OF published_number ON stories FOR EACH ROW EXECUTE FUNCTION story_takes_kind();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER takes_kind ON stories;
                DROP FUNCTION story_takes_kind();
                DROP INDEX newest_of_kind;
                ALTER TABLE stories DROP COLUMN special_kind;
                DROP TABLE front_presences;
                DROP FUNCTION moments_of_fronts_after(timestamptz);
                """);

            migrationBuilder.DropTable(
                name: "front_pictures");

            migrationBuilder.DropTable(
                name: "front_versions");

            migrationBuilder.DropTable(
                name: "fronts");
        }
    }
}
