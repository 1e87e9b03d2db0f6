using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RdmCloud.Retrieval.Migrations
{
    /// <inheritdoc />
    public partial class Histories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "database_histories",
                columns: table => new
                {
                    Database = table.Column<string>(nullable: false),
                    Revision = table.Column<long>(nullable: false),
                    Version = table.Column<long>(nullable: false),
                    NextRow = table.Column<long>(nullable: false),
                    Timestamp = table.Column<long>(nullable: false),
                    Collection = table.Column<string>(nullable: true),
                    MovedAt = table.Column<long>(nullable: true),
                    IsUnclean = table.Column<bool>(nullable: false),
                    Writer = table.Column<Guid>(nullable: true),
                    WriterUntil = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_database_histories", x => x.Database);
                });

            migrationBuilder.CreateTable(
                name: "database_versions",
                columns: table => new
                {
                    Database = table.Column<string>(nullable: false),
                    Version = table.Column<long>(nullable: false),
                    Created = table.Column<long>(nullable: false),
                    Added = table.Column<long>(nullable: false),
                    Removed = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_database_versions", x => new { x.Database, x.Version });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "database_histories");

            migrationBuilder.DropTable(
                name: "database_versions");
        }
    }
}
