using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LondonDefender.Data.Migrations
{
    /// <summary>Mail goes to addresses that were confirmed. Those that are there have had mail already.</summary>
    [DbContext(typeof(NewsroomDb))]
    [Migration("20261123062500_ConfirmedMail")]
    public partial class ConfirmedMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                ALTER TABLE mail_wishes ADD COLUMN confirmed_at timestamptz;
                UPDATE mail_wishes SET confirmed_at = now();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE mail_wishes DROP COLUMN confirmed_at;");
        }
    }
}
