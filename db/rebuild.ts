/** Hides how states and lists are made anew from the log, when an upgrade changed what `apply` or a projection writes. */
import { and, asc, eq, gt } from 'drizzle-orm'
import { commitEach } from '@/db/commit-each'
import { replay } from '@/db/log'
import { type Projection, projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { write, type Write } from '@/db/write'
import type { AggregateKind } from '@/lib/domain/aggregate'
import { type Folding, registry } from '@/lib/domain/registry'

interface Rules {
  readonly foldings: Partial<Record<AggregateKind, Folding>>
  readonly projections: Partial<Record<AggregateKind, Projection>>
}

/** Aggregates in one transaction: enough to share the wait for the disk, few enough to let others in between. */
const AT_ONCE = 25

/** One aggregate as its log says, guarded by its version. */
async function renewal(store: Store, kind: AggregateKind, row: { readonly id: string; readonly at: Date }, rules: Rules): Promise<readonly Write[]> {
  const { version, state } = await replay(store, kind, row.id, rules.foldings)
  const text = JSON.stringify(state)
  const replaced = write((tx, t) =>
    tx
      .update(t.aggregate)
      .set({ state: text })
      .where(and(eq(t.aggregate.kind, kind), eq(t.aggregate.id, row.id), eq(t.aggregate.version, version)))
      .returning({ id: t.aggregate.id }),
  )
  return [replaced, ...(rules.projections[kind]?.project(row.id, state, null, row.at) ?? [])]
}

/**
 * Replays every aggregate and writes its state and its list rows again, guarded by its version. Versions and the log stay.
 * Out: how many aggregates were written. Projections must therefore be able to write over their own rows.
 */
export async function rebuild(store: Store, rules: Rules = { foldings: registry, projections }): Promise<number> {
  const { aggregate } = store.t
  let written = 0
  for (const kind of Object.keys(rules.foldings).filter((one): one is AggregateKind => one in rules.foldings)) {
    for (let after = ''; ; ) {
      const rows = await store.db
        .select({ id: aggregate.id, at: aggregate.updatedAt }).from(aggregate)
        .where(and(eq(aggregate.kind, kind), gt(aggregate.id, after))).orderBy(asc(aggregate.id)).limit(AT_ONCE)
      const last = rows.at(-1)
      if (!last) break
      await commitEach(store, await Promise.all(rows.map((row) => renewal(store, kind, row, rules))))
      written += rows.length
      after = last.id
    }
  }
  return written
}
