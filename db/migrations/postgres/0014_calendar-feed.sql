CREATE TABLE "calendar_feed" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"about" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feed_place" ON "calendar_feed" USING btree ("person_id","about");