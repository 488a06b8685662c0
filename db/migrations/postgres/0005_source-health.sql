CREATE TABLE "source_health" (
	"id" text PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"answered" integer NOT NULL,
	"failed" integer NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE INDEX "source_health_at" ON "source_health" USING btree ("at");