CREATE TABLE `mark` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
