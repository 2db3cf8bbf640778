using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>
    /// What several nodes on one database have to know of each other: who runs, and when each due story went live. And a key of its own for a
    /// story that is withdrawn, since its page must not stand in for itself when a new one cannot be printed.
    /// </summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261122203000_Nodes")]
    public partial class Nodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE TABLE nodes (
                    name text PRIMARY KEY,
                    version text NOT NULL,
                    since timestamptz NOT NULL,
                    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    -- By the node's own clock, which says what is due.
                    ran_until timestamptz NOT NULL,
                    left_at timestamptz,
                    memory bigint NOT NULL,
                    pages integer NOT NULL,
                    page_bytes bigint NOT NULL);

                CREATE TABLE receipts (
                    story_id integer NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
                    due_at timestamptz NOT NULL,
                    told_at timestamptz NOT NULL,
                    node text NOT NULL,
                    why_late text,
                    PRIMARY KEY (story_id, due_at));

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
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION story_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        PERFORM tell('stories', 'story:' || OLD.id, 'section:' || OLD.section_id);
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        PERFORM tell(VARIADIC keys_of_story(NEW.id));
                    END IF;
                    RETURN NULL;
                END $$;
                DROP TABLE receipts, nodes;
                """);
        }
    }
}
