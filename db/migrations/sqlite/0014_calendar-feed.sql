CREATE TABLE `calendar_feed` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`about` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_place` ON `calendar_feed` (`person_id`,`about`);