using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RdmCloud.Webhooks.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "webhook_endpoints",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    Url = table.Column<string>(nullable: false),
                    Events = table.Column<string>(nullable: false),
                    Description = table.Column<string>(nullable: true),
                    DisabledReason = table.Column<string>(nullable: true),
                    FailingSince = table.Column<long>(nullable: true),
                    CreatedAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_endpoints", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_events",
                columns: table => new
                {
                    Tenant = table.Column<string>(nullable: false),
                    Id = table.Column<string>(nullable: false),
                    Type = table.Column<string>(nullable: false),
                    Body = table.Column<string>(nullable: false),
                    TraceParent = table.Column<string>(nullable: true),
                    RecordedAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_events", x => new { x.Tenant, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "webhook_secrets",
                columns: table => new
                {
                    Tenant = table.Column<string>(nullable: false),
                    Endpoint = table.Column<string>(nullable: false),
                    Secret = table.Column<string>(nullable: false),
                    Previous = table.Column<string>(nullable: true),
                    PreviousUntil = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_secrets", x => new { x.Tenant, x.Endpoint });
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    Event = table.Column<string>(nullable: false),
                    Type = table.Column<string>(nullable: false),
                    Endpoint = table.Column<string>(nullable: true),
                    Url = table.Column<string>(nullable: false),
                    Host = table.Column<string>(nullable: false),
                    Target = table.Column<string>(nullable: false),
                    Status = table.Column<string>(nullable: false),
                    Attempts = table.Column<int>(nullable: false),
                    CreatedAt = table.Column<long>(nullable: false),
                    NextAttemptAt = table.Column<long>(nullable: true),
                    ResponseStatus = table.Column<int>(nullable: true),
                    LastError = table.Column<string>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_deliveries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_webhook_deliveries_webhook_events_Tenant_Event",
                        columns: x => new { x.Tenant, x.Event },
                        principalTable: "webhook_events",
                        principalColumns: new[] { "Tenant", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_Endpoint",
                table: "webhook_deliveries",
                column: "Endpoint");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_Status_NextAttemptAt",
                table: "webhook_deliveries",
                columns: new[] { "Status", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_Tenant_Event_Target",
                table: "webhook_deliveries",
                columns: new[] { "Tenant", "Event", "Target" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_Tenant_Id",
                table: "webhook_deliveries",
                columns: new[] { "Tenant", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_endpoints_Tenant",
                table: "webhook_endpoints",
                column: "Tenant");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_events_RecordedAt",
                table: "webhook_events",
                column: "RecordedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "webhook_endpoints");

            migrationBuilder.DropTable(
                name: "webhook_secrets");

            migrationBuilder.DropTable(
                name: "webhook_events");
        }
    }
}
