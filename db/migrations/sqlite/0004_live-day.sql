CREATE TABLE `inbound_alert` (
	`id` text PRIMARY KEY NOT NULL,
	`received_at` integer NOT NULL,
	`is_matched` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `inbound_alert_received` ON `inbound_alert` (`received_at`);--> statement-breakpoint
CREATE TABLE `live_day` (
	`id` text PRIMARY KEY NOT NULL,
	`live_id` text NOT NULL,
	`day` text NOT NULL,
	`good_minutes` integer NOT NULL,
	`bad_minutes` integer NOT NULL,
	`unknown_minutes` integer NOT NULL,
	`up_to` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_day_day` ON `live_day` (`live_id`,`day`);