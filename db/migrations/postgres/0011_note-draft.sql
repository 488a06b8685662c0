CREATE TABLE "note_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"check_in_id" text NOT NULL,
	"topic_id" text NOT NULL,
	"version" integer NOT NULL,
	"merged" text NOT NULL,
	"words" text NOT NULL,
	"writers" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "note_draft_check_in" ON "note_draft" USING btree ("check_in_id");