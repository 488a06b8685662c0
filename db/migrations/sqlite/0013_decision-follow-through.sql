ALTER TABLE `decision_row` ADD `model_id` text;--> statement-breakpoint
ALTER TABLE `decision_row` ADD `people` text;--> statement-breakpoint
ALTER TABLE `decision_row` ADD `confirm_at` integer;--> statement-breakpoint
ALTER TABLE `decision_row` ADD `superseded_by` integer;--> statement-breakpoint
CREATE INDEX `decision_row_model` ON `decision_row` (`model_id`,`number`);--> statement-breakpoint
CREATE INDEX `decision_row_confirm` ON `decision_row` (`confirm_at`,`number`);