ALTER TABLE `release_card` ADD `brief` text;--> statement-breakpoint
ALTER TABLE `release_card` ADD `shape` integer;--> statement-breakpoint
CREATE INDEX `release_card_shape` ON `release_card` (`is_in_flight`,`shape`);