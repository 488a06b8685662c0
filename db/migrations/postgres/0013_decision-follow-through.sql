ALTER TABLE "decision_row" ADD COLUMN "model_id" text;--> statement-breakpoint
ALTER TABLE "decision_row" ADD COLUMN "people" text;--> statement-breakpoint
ALTER TABLE "decision_row" ADD COLUMN "confirm_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "decision_row" ADD COLUMN "superseded_by" integer;--> statement-breakpoint
CREATE INDEX "decision_row_model" ON "decision_row" USING btree ("model_id","number");--> statement-breakpoint
CREATE INDEX "decision_row_confirm" ON "decision_row" USING btree ("confirm_at","number");