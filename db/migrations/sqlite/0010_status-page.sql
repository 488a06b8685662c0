CREATE TABLE `incident_row` (
	`id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`resolved_at` integer,
	`is_withdrawn` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incident_row_started` ON `incident_row` (`started_at`);--> statement-breakpoint
CREATE TABLE `kept_incident` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`model_id` text NOT NULL,
	`environment_id` text NOT NULL,
	`label` text,
	`to_label` text,
	`share` real,
	`started_at` integer NOT NULL,
	`resolved_at` integer
);
--> statement-breakpoint
CREATE INDEX `kept_incident_started` ON `kept_incident` (`started_at`);--> statement-breakpoint
CREATE TABLE `status_notice` (
	`id` text PRIMARY KEY NOT NULL,
	`subscriber_id` text NOT NULL,
	`subject` text NOT NULL,
	`payload` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `status_notice_subject` ON `status_notice` (`subscriber_id`,`subject`);--> statement-breakpoint
CREATE INDEX `status_notice_due` ON `status_notice` (`next_at`);--> statement-breakpoint
CREATE TABLE `status_subscriber` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`address_hash` text NOT NULL,
	`boxed` text NOT NULL,
	`is_confirmed` integer NOT NULL,
	`confirm_hash` text,
	`end_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`confirm_by` integer NOT NULL,
	`confirmed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `status_subscriber_address` ON `status_subscriber` (`channel`,`address_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `status_subscriber_confirm` ON `status_subscriber` (`confirm_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `status_subscriber_end` ON `status_subscriber` (`end_hash`);