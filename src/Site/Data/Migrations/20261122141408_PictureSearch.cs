using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <inheritdoc />
    public partial class PictureSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Written by hand: the picture library's search, over what people said and what the camera called the file.
            migrationBuilder.Sql("""
                ALTER TABLE pictures ADD words_vector tsvector GENERATED ALWAYS AS (
                    to_tsvector('newsroom_words', caption || ' ' || alt || ' ' || credit || ' ' || rights || ' ' || translate(file_name, '._-', '   '))) STORED;
                CREATE INDEX pictures_words_vector ON pictures USING gin (words_vector);
                CREATE INDEX pictures_rights_until ON pictures (rights_until) WHERE rights_until IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP INDEX pictures_rights_until;
                ALTER TABLE pictures DROP COLUMN words_vector;
                """);
        }
    }
}
