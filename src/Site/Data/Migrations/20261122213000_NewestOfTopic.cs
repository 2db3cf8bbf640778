using LondonDefender.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>A story's moment beside each of its topics, kept by the database itself: the newest of a topic are then found without reading the others.</summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261122213000_NewestOfTopic")]
    public partial class NewestOfTopic : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                ALTER TABLE story_topics ADD COLUMN publish_at timestamptz;
                -- No page changes by it, so nobody is told.
                ALTER TABLE story_topics DISABLE TRIGGER tells;
                UPDATE story_topics SET publish_at = stories.publish_at FROM stories WHERE stories.id = story_topics.story_id;
                ALTER TABLE story_topics ENABLE TRIGGER tells;
                CREATE INDEX newest_of_topic ON story_topics (topic_id, publish_at DESC, story_id DESC);

                CREATE FUNCTION topic_takes_moment() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.publish_at = (SELECT publish_at FROM stories WHERE id = NEW.story_id);
                    RETURN NEW;
                END $$;
                CREATE TRIGGER takes_moment BEFORE INSERT ON story_topics FOR EACH ROW EXECUTE FUNCTION topic_takes_moment();

                CREATE FUNCTION story_gives_moment() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE story_topics SET publish_at = NEW.publish_at WHERE story_id = NEW.id;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER gives_moment AFTER UPDATE OF publish_at ON stories FOR EACH ROW
                    WHEN (OLD.publish_at IS DISTINCT FROM NEW.publish_at) EXECUTE FUNCTION story_gives_moment();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER gives_moment ON stories;
                DROP FUNCTION story_gives_moment();
                DROP TRIGGER takes_moment ON story_topics;
                DROP FUNCTION topic_takes_moment();
                DROP INDEX newest_of_topic;
                ALTER TABLE story_topics DROP COLUMN publish_at;
                """);
        }
    }
}
