using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>Autosaves that pass, and who has which story open. A text that no reader has ever had concerns no page.</summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261122235000_NothingLost")]
    public partial class NothingLost : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                ALTER TABLE revisions ADD COLUMN autosaved_since timestamptz, ADD COLUMN is_passing boolean NOT NULL DEFAULT false;

                CREATE OR REPLACE FUNCTION revision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.published_at IS NOT NULL OR EXISTS (SELECT FROM stories WHERE id = OLD.story_id AND published_number = OLD.number) THEN
                        PERFORM tell(VARIADIC keys_of_story(OLD.story_id));
                    END IF;
                    RETURN NULL;
                END $$;

                -- Of no worth after a power cut, so it costs no log.
                CREATE UNLOGGED TABLE presences (
                    story_id integer NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
                    tab text NOT NULL,
                    person_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    typed_at timestamptz,
                    PRIMARY KEY (story_id, tab));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TABLE presences;
                CREATE OR REPLACE FUNCTION revision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM tell(VARIADIC keys_of_story(OLD.story_id));
                    RETURN NULL;
                END $$;
                ALTER TABLE revisions DROP COLUMN autosaved_since, DROP COLUMN is_passing;
                """);
        }
    }
}
