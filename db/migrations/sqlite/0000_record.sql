CREATE TABLE `action_row` (
	`id` text PRIMARY KEY NOT NULL,
	`release_id` text,
	`check_in_id` text,
	`live_id` text,
	`owner_person_id` text,
	`team` text,
	`due_at` integer,
	`state` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `action_row_owner` ON `action_row` (`owner_person_id`,`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `action_row_team` ON `action_row` (`team`,`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `action_row_release` ON `action_row` (`release_id`);--> statement-breakpoint
CREATE INDEX `action_row_live` ON `action_row` (`live_id`);--> statement-breakpoint
CREATE TABLE `aggregate` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
CREATE TABLE `check_in_row` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`starts_at` integer,
	`closed_at` integer,
	`releases` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `check_in_row_state` ON `check_in_row` (`state`,`starts_at`);--> statement-breakpoint
CREATE TABLE `credential` (
	`person_id` text PRIMARY KEY NOT NULL,
	`email_lower` text NOT NULL,
	`password_hash` text,
	`session_version` integer NOT NULL,
	`oidc_issuer` text,
	`oidc_subject` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credential_email` ON `credential` (`email_lower`);--> statement-breakpoint
CREATE UNIQUE INDEX `credential_oidc` ON `credential` (`oidc_issuer`,`oidc_subject`);--> statement-breakpoint
CREATE TABLE `decision_row` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`release_id` text,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`title_search` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decision_row_number` ON `decision_row` (`number`);--> statement-breakpoint
CREATE INDEX `decision_row_release` ON `decision_row` (`release_id`,`number`);--> statement-breakpoint
CREATE INDEX `decision_row_kind` ON `decision_row` (`kind`,`number`);--> statement-breakpoint
CREATE TABLE `delivery_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`outbox_id` text NOT NULL,
	`at` integer NOT NULL,
	`status` text NOT NULL,
	`duration_ms` integer NOT NULL,
	`excerpt` text
);
--> statement-breakpoint
CREATE INDEX `delivery_attempt_outbox` ON `delivery_attempt` (`outbox_id`,`at`);--> statement-breakpoint
CREATE TABLE `destination_row` (
	`id` text PRIMARY KEY NOT NULL,
	`is_enabled` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `document_row` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`model_id` text,
	`kind` text NOT NULL,
	`team` text,
	`at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `document_row_owner` ON `document_row` (`owner_id`);--> statement-breakpoint
CREATE INDEX `document_row_model` ON `document_row` (`model_id`);--> statement-breakpoint
CREATE TABLE `environment_row` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `environment_row_slug` ON `environment_row` (`slug`);--> statement-breakpoint
CREATE TABLE `evaluation` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`item_id` text NOT NULL,
	`source_id` text,
	`at` integer NOT NULL,
	`verdict` text NOT NULL,
	`value` real,
	`samples` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `evaluation_item` ON `evaluation` (`owner_id`,`item_id`,`at`);--> statement-breakpoint
CREATE INDEX `evaluation_at` ON `evaluation` (`at`);--> statement-breakpoint
CREATE TABLE `free_text` (
	`hash` text PRIMARY KEY NOT NULL,
	`salt` text,
	`text` text,
	`owner_kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`subject_id` text,
	`author_id` text NOT NULL,
	`erased_at` integer
);
--> statement-breakpoint
CREATE INDEX `free_text_owner` ON `free_text` (`owner_id`);--> statement-breakpoint
CREATE INDEX `free_text_subject` ON `free_text` (`subject_id`);--> statement-breakpoint
CREATE INDEX `free_text_author` ON `free_text` (`author_id`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`actor_id` text NOT NULL,
	`key` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_at` ON `idempotency` (`at`);--> statement-breakpoint
CREATE TABLE `log_entry` (
	`seq` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`aggregate_id` text NOT NULL,
	`aggregate_version` integer NOT NULL,
	`type` text NOT NULL,
	`v` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`body` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `log_entry_aggregate` ON `log_entry` (`kind`,`aggregate_id`,`aggregate_version`);--> statement-breakpoint
CREATE INDEX `log_entry_actor` ON `log_entry` (`actor_id`,`seq`);--> statement-breakpoint
CREATE TABLE `log_head` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `login_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `login_attempt_key` ON `login_attempt` (`key`,`at`);--> statement-breakpoint
CREATE TABLE `mention_row` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`release_id` text,
	`comment_id` text NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `mention_row_person` ON `mention_row` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `mention_row_release` ON `mention_row` (`release_id`);--> statement-breakpoint
CREATE TABLE `model_row` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`owner_team` text,
	`is_archived` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `model_row_slug` ON `model_row` (`slug`);--> statement-breakpoint
CREATE TABLE `one_time_link` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`person_id` text,
	`payload` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`dedupe_key` text NOT NULL,
	`topic` text NOT NULL,
	`ordering_key` text NOT NULL,
	`destination_id` text,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`lease_until` integer,
	`lease_owner` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`delivered_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe` ON `outbox` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `outbox_order` ON `outbox` (`ordering_key`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_destination` ON `outbox` (`destination_id`,`state`);--> statement-breakpoint
CREATE TABLE `person_row` (
	`id` text PRIMARY KEY NOT NULL,
	`teams` text NOT NULL,
	`is_admin` integer NOT NULL,
	`is_archived` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `person_row_archived` ON `person_row` (`is_archived`);--> statement-breakpoint
CREATE TABLE `release_card` (
	`release_id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`model_id` text NOT NULL,
	`environment_id` text NOT NULL,
	`phase` text NOT NULL,
	`is_in_flight` integer NOT NULL,
	`risk` text NOT NULL,
	`target_at` integer,
	`overdue_at` integer,
	`teams_waiting` text NOT NULL,
	`people` text NOT NULL,
	`card` text NOT NULL,
	`turn_at` integer,
	`opened_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `release_card_code` ON `release_card` (`code`);--> statement-breakpoint
CREATE INDEX `release_card_board` ON `release_card` (`is_in_flight`,`phase`,`target_at`);--> statement-breakpoint
CREATE INDEX `release_card_model` ON `release_card` (`model_id`,`environment_id`,`is_in_flight`);--> statement-breakpoint
CREATE INDEX `release_card_environment` ON `release_card` (`environment_id`,`is_in_flight`);--> statement-breakpoint
CREATE INDEX `release_card_turn` ON `release_card` (`is_in_flight`,`turn_at`);--> statement-breakpoint
CREATE TABLE `secret` (
	`id` text PRIMARY KEY NOT NULL,
	`boxed` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stored_file` (
	`hash` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `token_row` (
	`hash` text PRIMARY KEY NOT NULL,
	`token_id` text NOT NULL,
	`expires_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `token_row_token` ON `token_row` (`token_id`);--> statement-breakpoint
CREATE TABLE `turn_notice` (
	`key` text PRIMARY KEY NOT NULL,
	`release_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `turn_notice_release` ON `turn_notice` (`release_id`);