CREATE TABLE `checkpoint` (
	`id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`key_id` text NOT NULL,
	`reason` text NOT NULL,
	`statement` text NOT NULL,
	`signature` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `checkpoint_seq` ON `checkpoint` (`seq`);--> statement-breakpoint
CREATE INDEX `checkpoint_at` ON `checkpoint` (`at`);--> statement-breakpoint
CREATE TABLE `checkpoint_key` (
	`id` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`retires_at` integer,
	`endorsement` text
);
