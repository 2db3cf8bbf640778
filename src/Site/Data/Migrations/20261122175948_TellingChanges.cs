using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>
    /// The database itself tells what readers' pages have to be printed anew, in the transaction that changes it: so nothing is forgotten,
    /// whoever changes it (an import, an older version beside this one, a hand at psql). What reads the keys: Paper/PaperCache.
    /// </summary>
    public partial class TellingChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE TABLE changes (
                    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
                    key text NOT NULL,
                    at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    PRIMARY KEY (tx, key));
                CREATE INDEX ix_changes_at ON changes (at);
                CREATE INDEX ix_pictures_rights_until ON pictures (rights_until) WHERE rights_until IS NOT NULL;

                CREATE FUNCTION tell(VARIADIC keys text[]) RETURNS void LANGUAGE sql AS $$
                    INSERT INTO changes (key) SELECT DISTINCT key FROM unnest(keys) AS key WHERE key IS NOT NULL ON CONFLICT DO NOTHING;
                    SELECT pg_notify('paper', '');
                $$;

                -- Whatever may show the story, in a list or by a link.
                CREATE FUNCTION keys_of_story(story integer) RETURNS text[] LANGUAGE sql STABLE AS $$
                    SELECT array_agg(key) FILTER (WHERE key IS NOT NULL) FROM (
                        SELECT unnest(ARRAY['stories', 'story:' || story]) AS key
                        UNION SELECT 'section:' || section_id FROM stories WHERE id = story
                        UNION SELECT 'topic:' || topic_id FROM story_topics WHERE story_id = story
                        UNION SELECT 'writer:' || writer_id FROM story_bylines WHERE story_id = story
                        UNION SELECT 'links-to:' || to_id FROM read_more_links WHERE from_id = story
                        UNION SELECT 'links-to:' || unnest(revisions.related_ids)
                            FROM stories JOIN revisions ON revisions.story_id = stories.id AND revisions.number = stories.published_number WHERE stories.id = story
                        UNION SELECT 'headline:' || headline FROM known_headlines WHERE story_id = story
                        -- Withdrawn stories whose lines lead here, by however many successors.
                        UNION (WITH RECURSIVE behind AS (
                                SELECT id, 1 AS steps FROM stories WHERE successor_id = story
                                UNION ALL SELECT stories.id, steps + 1 FROM behind JOIN stories ON stories.successor_id = behind.id WHERE steps < 10)
                            SELECT 'story:' || id FROM behind)) AS keys
                $$;

                CREATE FUNCTION keys_of_picture(picture integer) RETURNS text[] LANGUAGE sql STABLE AS $$
                    SELECT array_agg(DISTINCT key) FROM (
                        SELECT unnest(ARRAY['pictures', 'picture:' || picture]) AS key
                        UNION ALL SELECT unnest(ARRAY['writers', 'writer:' || id]) FROM writers WHERE portrait_id = picture
                        UNION ALL SELECT unnest(keys_of_story(stories.id))
                            FROM picture_uses JOIN stories ON stories.id = picture_uses.story_id AND stories.published_number = picture_uses.revision_number
                            WHERE picture_uses.picture_id = picture) AS keys
                $$;

                -- When something will change by itself: a story comes, a right ends, a banner goes.
                CREATE FUNCTION moments_after(moment timestamptz) RETURNS TABLE (at timestamptz, keys text[]) LANGUAGE sql STABLE AS $$
                    (SELECT publish_at, keys_of_story(id) FROM stories
                        WHERE published_number IS NOT NULL AND withdrawn_at IS NULL AND publish_at > moment ORDER BY publish_at, id LIMIT 200)
                    UNION ALL (SELECT rights_until, keys_of_picture(id) FROM pictures WHERE rights_until > moment ORDER BY rights_until LIMIT 200)
                    UNION ALL SELECT starts_at, ARRAY['banner'] FROM banners WHERE starts_at > moment
                    UNION ALL SELECT ends_at, ARRAY['banner'] FROM banners WHERE ends_at > moment
                $$;

                CREATE FUNCTION story_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        PERFORM tell('stories', 'story:' || OLD.id, 'section:' || OLD.section_id);
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        PERFORM tell(VARIADIC keys_of_story(NEW.id));
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tells_new AFTER INSERT ON stories FOR EACH ROW WHEN (NEW.published_number IS NOT NULL) EXECUTE FUNCTION story_changed();
                CREATE TRIGGER tells_old AFTER DELETE ON stories FOR EACH ROW WHEN (OLD.published_number IS NOT NULL) EXECUTE FUNCTION story_changed();
                -- The working text is nobody's but the newsroom's, except for the headline: lines in plain words find a story by it.
                CREATE TRIGGER tells AFTER UPDATE ON stories FOR EACH ROW
                    WHEN ((OLD.published_number, OLD.publish_at, OLD.withdrawn_at, OLD.successor_id, OLD.section_id, OLD.updated_at, OLD.draft_headline)
                        IS DISTINCT FROM (NEW.published_number, NEW.publish_at, NEW.withdrawn_at, NEW.successor_id, NEW.section_id, NEW.updated_at, NEW.draft_headline)
                        AND (OLD.published_number IS NOT NULL OR NEW.published_number IS NOT NULL))
                    EXECUTE FUNCTION story_changed();

                CREATE FUNCTION revision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM tell(VARIADIC keys_of_story(OLD.story_id));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tells AFTER UPDATE OR DELETE ON revisions FOR EACH ROW EXECUTE FUNCTION revision_changed();

                -- Links of working texts lead no reader anywhere.
                CREATE FUNCTION link_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' AND EXISTS (SELECT FROM stories WHERE id = OLD.from_id AND published_number IS NOT NULL) THEN
                        PERFORM tell('story:' || OLD.from_id, 'links-to:' || OLD.to_id);
                    END IF;
                    IF TG_OP <> 'DELETE' AND EXISTS (SELECT FROM stories WHERE id = NEW.from_id AND published_number = NEW.revision_number) THEN
                        PERFORM tell('story:' || NEW.from_id, 'links-to:' || NEW.to_id);
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON read_more_links FOR EACH ROW EXECUTE FUNCTION link_changed();

                CREATE FUNCTION picture_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM tell(VARIADIC keys_of_picture(OLD.id));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tells AFTER UPDATE OR DELETE ON pictures FOR EACH ROW EXECUTE FUNCTION picture_changed();

                -- For each of its arguments a key: a word, or a word and the column whose value follows it.
                CREATE FUNCTION row_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    changed jsonb;
                BEGIN
                    FOREACH changed IN ARRAY array_remove(ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END], NULL) LOOP
                        PERFORM tell(VARIADIC ARRAY(
                            SELECT CASE WHEN argument LIKE '%:%' THEN split_part(argument, ':', 1) || ':' || (changed ->> split_part(argument, ':', 2)) ELSE argument END
                            FROM unnest(TG_ARGV) AS argument));
                    END LOOP;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON story_topics FOR EACH ROW EXECUTE FUNCTION row_changed('topic:topic_id', 'story:story_id');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON story_bylines FOR EACH ROW EXECUTE FUNCTION row_changed('writer:writer_id', 'story:story_id');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON known_headlines FOR EACH ROW EXECUTE FUNCTION row_changed('headline:headline');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON corrections FOR EACH ROW EXECUTE FUNCTION row_changed('corrections', 'story:story_id');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON topics FOR EACH ROW EXECUTE FUNCTION row_changed('topics', 'topic:id');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON writers FOR EACH ROW EXECUTE FUNCTION row_changed('writers', 'writer:id');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON sections FOR EACH ROW EXECUTE FUNCTION row_changed('sections');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON containers FOR EACH ROW EXECUTE FUNCTION row_changed('front');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON banners FOR EACH ROW EXECUTE FUNCTION row_changed('banner');
                CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON paper_settings FOR EACH ROW EXECUTE FUNCTION row_changed('settings');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP FUNCTION story_changed, revision_changed, link_changed, picture_changed, row_changed CASCADE;
                DROP FUNCTION moments_after, keys_of_picture, keys_of_story, tell;
                DROP INDEX ix_pictures_rights_until;
                DROP TABLE changes;
                """);
        }
    }
}
