/** The table of finished releases that the time charts read; written with the release, and made anew from its state. */
import type { Vocabulary } from '@/db/columns'

export function defineFlow(c: Vocabulary) {
  const finishedRow = c.table(
    'finished_row',
    {
      releaseId: c.id('release_id'),
      code: c.text('code').notNull(),
      modelId: c.text('model_id').notNull(),
      environmentId: c.text('environment_id').notNull(),
      risk: c.text('risk').notNull(),
      templateId: c.text('template_id').notNull(),
      outcome: c.text('outcome').notNull(),
      openedAt: c.instant('opened_at').notNull(),
      goAt: c.instant('go_at'),
      stableAt: c.instant('stable_at'),
      finishedAt: c.instant('finished_at').notNull(),
      restoreMs: c.integer('restore_ms'),
      /** `FinishedBody`: waits, gates, progress; machine words and instants only. */
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [c.index('finished_row_at').on(t.finishedAt), c.index('finished_row_go').on(t.goAt)],
  )
  return { finishedRow }
}
