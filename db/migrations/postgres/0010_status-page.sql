CREATE TABLE "incident_row" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"is_withdrawn" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_incident" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"model_id" text NOT NULL,
	"environment_id" text NOT NULL,
	"label" text,
	"to_label" text,
	"share" double precision,
	"started_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "status_notice" (
	"id" text PRIMARY KEY NOT NULL,
	"subscriber_id" text NOT NULL,
	"subject" text NOT NULL,
	"payload" jsonb NOT NULL,
	"attempts" integer NOT NULL,
	"next_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_subscriber" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"address_hash" text NOT NULL,
	"boxed" text NOT NULL,
	"is_confirmed" boolean NOT NULL,
	"confirm_hash" text,
	"end_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirm_by" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "incident_row_started" ON "incident_row" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "kept_incident_started" ON "kept_incident" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "status_notice_subject" ON "status_notice" USING btree ("subscriber_id","subject");--> statement-breakpoint
CREATE INDEX "status_notice_due" ON "status_notice" USING btree ("next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "status_subscriber_address" ON "status_subscriber" USING btree ("channel","address_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "status_subscriber_confirm" ON "status_subscriber" USING btree ("confirm_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "status_subscriber_end" ON "status_subscriber" USING btree ("end_hash");