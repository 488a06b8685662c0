CREATE TABLE "action_row" (
	"id" text PRIMARY KEY NOT NULL,
	"release_id" text,
	"check_in_id" text,
	"live_id" text,
	"owner_person_id" text,
	"team" text,
	"due_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "aggregate" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "aggregate_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "check_in_row" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"releases" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"person_id" text PRIMARY KEY NOT NULL,
	"email_lower" text NOT NULL,
	"password_hash" text,
	"session_version" integer NOT NULL,
	"oidc_issuer" text,
	"oidc_subject" text
);
--> statement-breakpoint
CREATE TABLE "decision_row" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"release_id" text,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"title_search" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"outbox_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"duration_ms" integer NOT NULL,
	"excerpt" text
);
--> statement-breakpoint
CREATE TABLE "destination_row" (
	"id" text PRIMARY KEY NOT NULL,
	"is_enabled" boolean NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_row" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"model_id" text,
	"kind" text NOT NULL,
	"team" text,
	"at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "environment_row" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"item_id" text NOT NULL,
	"source_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	"verdict" text NOT NULL,
	"value" double precision,
	"samples" integer NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "free_text" (
	"hash" text PRIMARY KEY NOT NULL,
	"salt" text,
	"text" text,
	"owner_kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"subject_id" text,
	"author_id" text NOT NULL,
	"erased_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"actor_id" text NOT NULL,
	"key" text NOT NULL,
	"answer" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_pk" PRIMARY KEY("actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "log_entry" (
	"seq" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"aggregate_id" text NOT NULL,
	"aggregate_version" integer NOT NULL,
	"type" text NOT NULL,
	"v" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"body" text NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mention_row" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"release_id" text,
	"comment_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_row" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"owner_team" text,
	"is_archived" boolean NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "one_time_link" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"person_id" text,
	"payload" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"dedupe_key" text NOT NULL,
	"topic" text NOT NULL,
	"ordering_key" text NOT NULL,
	"destination_id" text,
	"payload" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"lease_owner" text,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"delivered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "person_row" (
	"id" text PRIMARY KEY NOT NULL,
	"teams" text NOT NULL,
	"is_admin" boolean NOT NULL,
	"is_archived" boolean NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "release_card" (
	"release_id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"model_id" text NOT NULL,
	"environment_id" text NOT NULL,
	"phase" text NOT NULL,
	"is_in_flight" boolean NOT NULL,
	"risk" text NOT NULL,
	"target_at" timestamp (3) with time zone,
	"overdue_at" timestamp (3) with time zone,
	"teams_waiting" text NOT NULL,
	"people" text NOT NULL,
	"card" jsonb NOT NULL,
	"turn_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "secret" (
	"id" text PRIMARY KEY NOT NULL,
	"boxed" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stored_file" (
	"hash" text PRIMARY KEY NOT NULL,
	"size" integer NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token_row" (
	"hash" text PRIMARY KEY NOT NULL,
	"token_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "turn_notice" (
	"key" text PRIMARY KEY NOT NULL,
	"release_id" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "action_row_owner" ON "action_row" USING btree ("owner_person_id","state","due_at");--> statement-breakpoint
CREATE INDEX "action_row_team" ON "action_row" USING btree ("team","state","due_at");--> statement-breakpoint
CREATE INDEX "action_row_release" ON "action_row" USING btree ("release_id");--> statement-breakpoint
CREATE INDEX "action_row_live" ON "action_row" USING btree ("live_id");--> statement-breakpoint
CREATE INDEX "check_in_row_state" ON "check_in_row" USING btree ("state","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "credential_email" ON "credential" USING btree ("email_lower");--> statement-breakpoint
CREATE UNIQUE INDEX "credential_oidc" ON "credential" USING btree ("oidc_issuer","oidc_subject");--> statement-breakpoint
CREATE UNIQUE INDEX "decision_row_number" ON "decision_row" USING btree ("number");--> statement-breakpoint
CREATE INDEX "decision_row_release" ON "decision_row" USING btree ("release_id","number");--> statement-breakpoint
CREATE INDEX "decision_row_kind" ON "decision_row" USING btree ("kind","number");--> statement-breakpoint
CREATE INDEX "delivery_attempt_outbox" ON "delivery_attempt" USING btree ("outbox_id","at");--> statement-breakpoint
CREATE INDEX "document_row_owner" ON "document_row" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "document_row_model" ON "document_row" USING btree ("model_id");--> statement-breakpoint
CREATE UNIQUE INDEX "environment_row_slug" ON "environment_row" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "evaluation_item" ON "evaluation" USING btree ("owner_id","item_id","at");--> statement-breakpoint
CREATE INDEX "evaluation_at" ON "evaluation" USING btree ("at");--> statement-breakpoint
CREATE INDEX "free_text_owner" ON "free_text" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "free_text_subject" ON "free_text" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "free_text_author" ON "free_text" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "idempotency_at" ON "idempotency" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "log_entry_aggregate" ON "log_entry" USING btree ("kind","aggregate_id","aggregate_version");--> statement-breakpoint
CREATE INDEX "log_entry_actor" ON "log_entry" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "login_attempt_key" ON "login_attempt" USING btree ("key","at");--> statement-breakpoint
CREATE INDEX "mention_row_person" ON "mention_row" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "mention_row_release" ON "mention_row" USING btree ("release_id");--> statement-breakpoint
CREATE UNIQUE INDEX "model_row_slug" ON "model_row" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_dedupe" ON "outbox" USING btree ("dedupe_key");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "outbox_order" ON "outbox" USING btree ("ordering_key","id");--> statement-breakpoint
CREATE INDEX "outbox_destination" ON "outbox" USING btree ("destination_id","state");--> statement-breakpoint
CREATE INDEX "person_row_archived" ON "person_row" USING btree ("is_archived");--> statement-breakpoint
CREATE UNIQUE INDEX "release_card_code" ON "release_card" USING btree ("code");--> statement-breakpoint
CREATE INDEX "release_card_board" ON "release_card" USING btree ("is_in_flight","phase","target_at");--> statement-breakpoint
CREATE INDEX "release_card_model" ON "release_card" USING btree ("model_id","environment_id","is_in_flight");--> statement-breakpoint
CREATE INDEX "release_card_environment" ON "release_card" USING btree ("environment_id","is_in_flight");--> statement-breakpoint
CREATE INDEX "release_card_turn" ON "release_card" USING btree ("is_in_flight","turn_at");--> statement-breakpoint
CREATE UNIQUE INDEX "token_row_token" ON "token_row" USING btree ("token_id");--> statement-breakpoint
CREATE INDEX "turn_notice_release" ON "turn_notice" USING btree ("release_id");