DROP INDEX `evaluation_item`;--> statement-breakpoint
CREATE INDEX `evaluation_item` ON `evaluation` (`owner_id`,`item_id`,`at`,`verdict`,`value`);