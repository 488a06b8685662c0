CREATE TABLE "checkpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"key_id" text NOT NULL,
	"reason" text NOT NULL,
	"statement" text NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkpoint_key" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"retires_at" timestamp (3) with time zone,
	"endorsement" jsonb
);
--> statement-breakpoint
CREATE INDEX "checkpoint_seq" ON "checkpoint" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "checkpoint_at" ON "checkpoint" USING btree ("at");