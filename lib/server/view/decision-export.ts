/** Reads decisions for the export, one or all, with their words revealed as everybody signed in may see them. */
import 'server-only'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import { decisionRows } from '@/db/release-list'
import type { Store } from '@/db/store'
import type { ExportedDecision } from '@/lib/domain/decision-export/madr'
import { decisionViews } from '@/lib/domain/release/view-build'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { loadNames } from '@/lib/server/view/people'

const PAGE = 1_000

/** The decisions of one release, oldest first. */
async function ofRelease(store: Store, releaseId: string, names: ReadonlyMap<string, string>): Promise<readonly ExportedDecision[]> {
  const loaded = await loadAggregate(store, 'release', releaseId)
  if (!loaded) return []
  const { state } = loaded
  const words = await revealTexts(store, [releaseId])
  const say = (text: FreeText) => wordsOf(text, (hash) => words.get(hash))
  const person = (id: string) => ({ id, name: names.get(id) ?? 'someone' })
  const units = Object.fromEntries(Object.values(state.items).flatMap((item) => (item.metric ? [[item.id, item.metric.rule.unit]] : [])))
  return decisionViews({ input: { state, now: new Date() }, say, person }).toReversed().map((decision) => ({
    decision, units, versionLabel: state.candidate.label, environmentName: state.environmentName,
    conditions: state.actions.filter((action) => action.source === 'condition' && action.sourceId === `D-${decision.number}`).map((action) => ({
      title: say(action.title), owner: action.ownerId ? person(action.ownerId) : null, team: action.team, dueAt: action.dueAt,
      done: action.done && { by: person(action.done.by), at: action.done.at, note: say(action.done.note), isDropped: action.done.isDropped },
    })),
  }))
}

/** One decision by its number, or null. */
export async function exportedDecision(store: Store, number: number): Promise<ExportedDecision | null> {
  const [row] = await decisionRows(store, { before: number + 1 }, 1)
  if (row?.number !== number || row.releaseId === null) return null
  return (await ofRelease(store, row.releaseId, await loadNames(store))).find((one) => one.decision.number === number) ?? null
}

/** Every decision, by number. */
export async function exportedDecisions(store: Store): Promise<readonly ExportedDecision[]> {
  const ids = new Set<string>()
  for (let before: number | undefined; ;) {
    const rows = await decisionRows(store, { before }, PAGE)
    for (const row of rows) if (row.releaseId !== null) ids.add(row.releaseId)
    before = rows.at(-1)?.number
    if (rows.length < PAGE) break
  }
  const names = await loadNames(store)
  const found: ExportedDecision[] = []
  for (const id of ids) found.push(...(await ofRelease(store, id, names)))
  return found.toSorted((a, b) => a.decision.number - b.decision.number)
}
