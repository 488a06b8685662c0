CREATE TABLE `finished_row` (
	`release_id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`model_id` text NOT NULL,
	`environment_id` text NOT NULL,
	`risk` text NOT NULL,
	`template_id` text NOT NULL,
	`outcome` text NOT NULL,
	`opened_at` integer NOT NULL,
	`go_at` integer,
	`stable_at` integer,
	`finished_at` integer NOT NULL,
	`restore_ms` integer,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `finished_row_at` ON `finished_row` (`finished_at`);--> statement-breakpoint
CREATE INDEX `finished_row_go` ON `finished_row` (`go_at`);