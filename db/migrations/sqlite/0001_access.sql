CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`version` integer NOT NULL,
	`agent` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person_id`,`ends_at`);--> statement-breakpoint
CREATE INDEX `session_ends` ON `session` (`ends_at`);--> statement-breakpoint
CREATE TABLE `token_use` (
	`token_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
