/** What is asked again and again, by the clock or by every page, must not read a whole table that grows for years. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { addAttempt } from '@/db/access'
import { checkInsBetween } from '@/db/calendar'
import { agendaReleaseIds, comingCheckIns, writtenCheckIns } from '@/db/check-in-list'
import { actionsDue } from '@/db/due-list'
import { turnedCards } from '@/db/release-list'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { actionsFor, endedSince, mentionsSince, openAsks, releasesOfModel } from '@/db/work-list'

const now = new Date('2026-11-22T10:00:00.000Z')
const GROWING = /^SCAN (action_row|aggregate|check_in_row|decision_row|evaluation|free_text|log_entry|login_attempt|mention_row|outbox|release_card)\b/

let store: Store
beforeAll(async () => { store = await freshMemory() })
afterAll(() => store.close())

it.each<[string, () => Promise<unknown>]>([
  ['releases that the clock has turned', () => turnedCards(store, now, 10)],
  ['check-ins to come', () => comingCheckIns(store, 10)],
  ['check-ins in writing', () => writtenCheckIns(store, now)],
  ['check-ins of a month', () => checkInsBetween(store, now, now, 10)],
  ['releases of an agenda', () => agendaReleaseIds(store, now, now, now)],
  ['actions that are due', () => actionsDue(store, now, now, 10)],
  ['actions of a person', () => actionsFor(store, 'p', ['ops'])],
  ['what asks for a second person', () => openAsks(store)],
  ['releases of a person that ended', () => endedSince(store, 'p', now)],
  ['releases of a model', () => releasesOfModel(store, 'm')],
  ['mentions of a person', () => mentionsSince(store, 'p', now)],
  ['attempts to sign in', () => addAttempt(store, [{ id: 'a', key: 'k' }], now)],
])('%s are found by an index', async (_what, ask) => {
  const { sqlite } = store
  if (!sqlite) throw new Error('this needs the embedded database')
  const asked = vi.spyOn(sqlite, 'prepare')
  await ask()
  const questions = asked.mock.calls.map(([sql]) => sql)
  asked.mockRestore()
  expect(questions.length).toBeGreaterThan(0)
  for (const sql of questions) {
    const plan = sqlite.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...(sql.match(/\?/g) ?? []).map(() => 1))
    expect([sql, plan.map((step) => step.detail).filter((detail) => GROWING.test(detail))]).toEqual([sql, []])
  }
})
