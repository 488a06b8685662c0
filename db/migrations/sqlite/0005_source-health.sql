CREATE TABLE `source_health` (
	`id` text PRIMARY KEY NOT NULL,
	`source_id` text NOT NULL,
	`at` integer NOT NULL,
	`answered` integer NOT NULL,
	`failed` integer NOT NULL,
	`failure` text
);
--> statement-breakpoint
CREATE INDEX `source_health_at` ON `source_health` (`at`);