ALTER TABLE "release_card" ADD COLUMN "brief" jsonb;--> statement-breakpoint
ALTER TABLE "release_card" ADD COLUMN "shape" integer;--> statement-breakpoint
CREATE INDEX "release_card_shape" ON "release_card" USING btree ("is_in_flight","shape");