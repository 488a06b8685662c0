CREATE TABLE "finished_row" (
	"release_id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"model_id" text NOT NULL,
	"environment_id" text NOT NULL,
	"risk" text NOT NULL,
	"template_id" text NOT NULL,
	"outcome" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"go_at" timestamp (3) with time zone,
	"stable_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone NOT NULL,
	"restore_ms" integer,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "finished_row_at" ON "finished_row" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "finished_row_go" ON "finished_row" USING btree ("go_at");