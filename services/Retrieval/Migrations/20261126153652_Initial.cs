using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RdmCloud.Retrieval.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "databases",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    Name = table.Column<string>(nullable: false),
                    Title = table.Column<string>(nullable: true),
                    Visibility = table.Column<string>(nullable: false),
                    EmbeddingSpace = table.Column<string>(nullable: false),
                    Dimension = table.Column<int>(nullable: false),
                    License = table.Column<string>(nullable: true),
                    Attribution = table.Column<string>(nullable: true),
                    CreatedAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_databases", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    Database = table.Column<string>(nullable: false),
                    Status = table.Column<string>(nullable: false),
                    Total = table.Column<long>(nullable: true),
                    Batches = table.Column<int>(nullable: true),
                    Error = table.Column<string>(nullable: true),
                    CreatedAt = table.Column<long>(nullable: false),
                    CompletedAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_imports_databases_Database",
                        column: x => x.Database,
                        principalTable: "databases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "import_batches",
                columns: table => new
                {
                    Import = table.Column<string>(nullable: false),
                    Batch = table.Column<int>(nullable: false),
                    Done = table.Column<long>(nullable: false),
                    RefusedCount = table.Column<int>(nullable: false),
                    Refused = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_batches", x => new { x.Import, x.Batch });
                    table.ForeignKey(
                        name: "FK_import_batches_imports_Import",
                        column: x => x.Import,
                        principalTable: "imports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_databases_Tenant_Name",
                table: "databases",
                columns: new[] { "Tenant", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_imports_Database_Id",
                table: "imports",
                columns: new[] { "Database", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import_batches");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropTable(
                name: "databases");
        }
    }
}
