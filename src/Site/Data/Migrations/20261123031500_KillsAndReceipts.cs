using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>
    /// Stories that were killed, and those whose proceedings are active; receipts of all that was done to readers' stories, and what was seen of it.
    /// A killed story is withdrawn, too, so that the version before shows nothing of it and cannot bring it back.
    /// </summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261123031500_KillsAndReceipts")]
    public partial class KillsAndReceipts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                ALTER TABLE stories ADD COLUMN killed_at timestamptz, ADD COLUMN has_active_proceedings boolean NOT NULL DEFAULT false;
                ALTER TABLE stories ADD CONSTRAINT killed_is_withdrawn CHECK (killed_at IS NULL OR withdrawn_at IS NOT NULL);
                -- Few, so that lists which leave them out cost what they did.
                CREATE INDEX ix_stories_under_proceedings ON stories (id) WHERE has_active_proceedings;

                ALTER TABLE receipts
                    ADD COLUMN deed text NOT NULL DEFAULT 'WentLive',
                    ADD COLUMN by_id integer REFERENCES users (id) ON DELETE SET NULL,
                    ADD COLUMN reason text NOT NULL DEFAULT '',
                    ADD COLUMN seen jsonb;
                ALTER TABLE receipts DROP CONSTRAINT receipts_pkey, ADD PRIMARY KEY (story_id, due_at, deed);

                CREATE OR REPLACE FUNCTION story_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        PERFORM tell('stories', 'story:' || OLD.id, 'section:' || OLD.section_id);
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        PERFORM tell(VARIADIC keys_of_story(NEW.id));
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        PERFORM tell('withdrawn:' || OLD.id);
                    ELSIF TG_OP = 'UPDATE' AND OLD.killed_at IS NULL AND NEW.killed_at IS NOT NULL THEN
                        PERFORM tell('withdrawn:' || NEW.id, 'killed');
                    ELSIF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
                        PERFORM tell('withdrawn:' || NEW.id);
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tells_marks AFTER UPDATE OF killed_at, has_active_proceedings ON stories FOR EACH ROW
                    WHEN ((OLD.killed_at, OLD.has_active_proceedings) IS DISTINCT FROM (NEW.killed_at, NEW.has_active_proceedings)
                        AND (OLD.published_number IS NOT NULL OR NEW.published_number IS NOT NULL))
                    EXECUTE FUNCTION story_changed();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER tells_marks ON stories;
                CREATE OR REPLACE FUNCTION story_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        PERFORM tell('stories', 'story:' || OLD.id, 'section:' || OLD.section_id);
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        PERFORM tell(VARIADIC keys_of_story(NEW.id));
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        PERFORM tell('withdrawn:' || OLD.id);
                    ELSIF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
                        PERFORM tell('withdrawn:' || NEW.id);
                    END IF;
                    RETURN NULL;
                END $$;
                DELETE FROM receipts WHERE deed <> 'WentLive';
                ALTER TABLE receipts DROP CONSTRAINT receipts_pkey, DROP COLUMN deed, DROP COLUMN by_id, DROP COLUMN reason, DROP COLUMN seen, ADD PRIMARY KEY (story_id, due_at);
                DROP INDEX ix_stories_under_proceedings;
                ALTER TABLE stories DROP COLUMN killed_at, DROP COLUMN has_active_proceedings;
                """);
        }
    }
}
