using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>The paper's profiles on networks.</summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261123060000_SocialAccounts")]
    public partial class SocialAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE paper_settings ADD COLUMN social_accounts text[] NOT NULL DEFAULT '{}'");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE paper_settings DROP COLUMN social_accounts");
    }
}
