CREATE INDEX "action_row_state" ON "action_row" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "check_in_row_starts" ON "check_in_row" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "login_attempt_at" ON "login_attempt" USING btree ("at");--> statement-breakpoint
CREATE INDEX "release_card_closed" ON "release_card" USING btree ("closed_at");