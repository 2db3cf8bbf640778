using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <inheritdoc />
    public partial class AboutThePaper : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "contact",
                table: "paper_settings",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "corrections_policy",
                table: "paper_settings",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ethics",
                table: "paper_settings",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "mission",
                table: "paper_settings",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ownership",
                table: "paper_settings",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_stories_changes",
                table: "stories",
                column: "id",
                filter: "published_number is not null and withdrawn_at is null")
                .Annotation("Npgsql:IndexInclude", new[] { "publish_at", "updated_at", "published_number", "withdrawn_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_stories_changes",
                table: "stories");

            migrationBuilder.DropColumn(
                name: "contact",
                table: "paper_settings");

            migrationBuilder.DropColumn(
                name: "corrections_policy",
                table: "paper_settings");

            migrationBuilder.DropColumn(
                name: "ethics",
                table: "paper_settings");

            migrationBuilder.DropColumn(
                name: "mission",
                table: "paper_settings");

            migrationBuilder.DropColumn(
                name: "ownership",
                table: "paper_settings");
        }
    }
}
