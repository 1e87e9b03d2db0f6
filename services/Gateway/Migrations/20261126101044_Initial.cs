using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RdmCloud.Gateway.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    Name = table.Column<string>(nullable: false),
                    Prefix = table.Column<string>(nullable: false),
                    Hash = table.Column<string>(nullable: false),
                    Scopes = table.Column<string>(nullable: false),
                    CreatedAt = table.Column<long>(nullable: false),
                    ExpiresAt = table.Column<long>(nullable: true),
                    RevokedAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    Tenant = table.Column<string>(nullable: false),
                    Key = table.Column<string>(nullable: false),
                    RequestHash = table.Column<string>(nullable: false),
                    Job = table.Column<string>(nullable: true),
                    CreatedAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency", x => new { x.Tenant, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    ApiKey = table.Column<string>(nullable: true),
                    Status = table.Column<string>(nullable: false),
                    Stage = table.Column<string>(nullable: true),
                    Lane = table.Column<string>(nullable: false),
                    Priority = table.Column<int>(nullable: false),
                    Model = table.Column<string>(nullable: false),
                    Pictures = table.Column<int>(nullable: false),
                    Cost = table.Column<int>(nullable: false),
                    Attempt = table.Column<int>(nullable: false),
                    Resends = table.Column<int>(nullable: false),
                    CreatedAt = table.Column<long>(nullable: false),
                    StartAfter = table.Column<long>(nullable: false),
                    StartedAt = table.Column<long>(nullable: true),
                    CompletedAt = table.Column<long>(nullable: true),
                    StartBy = table.Column<long>(nullable: true),
                    Deadline = table.Column<long>(nullable: true),
                    HeardBy = table.Column<long>(nullable: true),
                    ExpiresAt = table.Column<long>(nullable: false),
                    ResultsDeleted = table.Column<bool>(nullable: false),
                    Generation = table.Column<string>(nullable: false),
                    Metadata = table.Column<string>(nullable: false),
                    Webhook = table.Column<string>(nullable: true),
                    TraceParent = table.Column<string>(nullable: true),
                    ReplayOf = table.Column<string>(nullable: true),
                    Neighbors = table.Column<string>(nullable: true),
                    Result = table.Column<string>(nullable: true),
                    Error = table.Column<string>(nullable: true),
                    DeviceSeconds = table.Column<double>(nullable: false),
                    LastEvent = table.Column<int>(nullable: false),
                    Version = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "leases",
                columns: table => new
                {
                    Name = table.Column<string>(nullable: false),
                    Holder = table.Column<string>(nullable: false),
                    Until = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "models",
                columns: table => new
                {
                    Name = table.Column<string>(nullable: false),
                    Description = table.Column<string>(nullable: false),
                    SeenAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_models", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    Job = table.Column<string>(nullable: false),
                    Sequence = table.Column<int>(nullable: false),
                    Type = table.Column<string>(nullable: false),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => new { x.Job, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "retrieval_uses",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    ApiKey = table.Column<string>(nullable: true),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retrieval_uses", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tenants",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Name = table.Column<string>(nullable: false),
                    Weight = table.Column<double>(nullable: false),
                    Served = table.Column<double>(nullable: false),
                    MaxConcurrentJobs = table.Column<int>(nullable: true),
                    MaxQueuedJobs = table.Column<int>(nullable: true),
                    MaxImagesPerDay = table.Column<int>(nullable: true),
                    MaxDatabases = table.Column<int>(nullable: true),
                    MaxRows = table.Column<long>(nullable: true),
                    RequestsPerMinute = table.Column<int>(nullable: true),
                    CreatedAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenants", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "uploads",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    Tenant = table.Column<string>(nullable: false),
                    Key = table.Column<string>(nullable: false),
                    ExpiresAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_uploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "job_events",
                columns: table => new
                {
                    Job = table.Column<string>(nullable: false),
                    Sequence = table.Column<int>(nullable: false),
                    Type = table.Column<string>(nullable: false),
                    Data = table.Column<string>(nullable: false),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_events", x => new { x.Job, x.Sequence });
                    table.ForeignKey(
                        name: "FK_job_events_jobs_Job",
                        column: x => x.Job,
                        principalTable: "jobs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "job_tags",
                columns: table => new
                {
                    Job = table.Column<string>(nullable: false),
                    Name = table.Column<string>(nullable: false),
                    Value = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_tags", x => new { x.Job, x.Name, x.Value });
                    table.ForeignKey(
                        name: "FK_job_tags_jobs_Job",
                        column: x => x.Job,
                        principalTable: "jobs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_Hash",
                table: "api_keys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_Tenant",
                table: "api_keys",
                column: "Tenant");

            migrationBuilder.CreateIndex(
                name: "IX_job_tags_Name_Value",
                table: "job_tags",
                columns: new[] { "Name", "Value" });

            migrationBuilder.CreateIndex(
                name: "IX_jobs_ResultsDeleted_ExpiresAt",
                table: "jobs",
                columns: new[] { "ResultsDeleted", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_jobs_Status_HeardBy",
                table: "jobs",
                columns: new[] { "Status", "HeardBy" });

            migrationBuilder.CreateIndex(
                name: "IX_jobs_Status_Model_Tenant_Priority_CreatedAt",
                table: "jobs",
                columns: new[] { "Status", "Model", "Tenant", "Priority", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_jobs_Tenant_CreatedAt",
                table: "jobs",
                columns: new[] { "Tenant", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_retrieval_uses_Tenant_At",
                table: "retrieval_uses",
                columns: new[] { "Tenant", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_uploads_ExpiresAt",
                table: "uploads",
                column: "ExpiresAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "job_events");

            migrationBuilder.DropTable(
                name: "job_tags");

            migrationBuilder.DropTable(
                name: "leases");

            migrationBuilder.DropTable(
                name: "models");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "retrieval_uses");

            migrationBuilder.DropTable(
                name: "tenants");

            migrationBuilder.DropTable(
                name: "uploads");

            migrationBuilder.DropTable(
                name: "jobs");
        }
    }
}
