/** Times as commands bring them: whatever the offset, one instant in UTC is kept; and no command has a rule of its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkInCommand } from '@/lib/domain/check-in/commands'
import { environmentCommand } from '@/lib/domain/environment/commands'
import { incidentCommand } from '@/lib/domain/incident/commands'
import { liveCommand } from '@/lib/domain/live/commands'
import { personCommand } from '@/lib/domain/person/commands'
import { releaseCommand } from '@/lib/domain/release/commands'
import { instant } from './words'

const ID = '0190c8a2-7c1e-7000-8000-000000000001'
const LOCAL = '2026-12-01T01:30:00.5+02:00'
const UTC = '2026-11-30T23:30:00.500Z'

describe('a time in a command', () => {
  it.each([
    ['of an action', releaseCommand, { type: 'add-action', actionId: ID, title: 'x', ownerId: null, team: null, dueAt: LOCAL, checkInId: null }],
    ['of an action that is changed', releaseCommand, { type: 'change-action', actionId: ID, title: null, dueAt: LOCAL, reason: 'x' }],
    ['until which an action sleeps', liveCommand, { type: 'snooze-action', actionId: ID, until: LOCAL, reason: 'x' }],
    ['of the next look', releaseCommand, { type: 'confirm-decision', number: 1, outcome: 'held', note: 'x', nextAt: LOCAL }],
    ['since when a version is live', liveCommand, { type: 'adopt', versionId: ID, since: LOCAL, note: 'x' }],
    ['of an action of a check-in', checkInCommand, { type: 'add-action', actionId: ID, topicId: null, title: 'x', ownerId: null, team: null, dueAt: LOCAL }],
    ['of a freeze', environmentCommand, { type: 'add-freeze', freezeId: ID, from: '2026-11-30T00:00:00Z', to: LOCAL, zone: 'Europe/Berlin', reason: 'x' }],
    ['at which an incident began', incidentCommand, { type: 'open-incident', audience: 'public', title: 'x', impact: 'minor', places: [], status: 'investigating', text: 'x', about: null, startedAt: LOCAL }],
    ['until which somebody stands in', personCommand, { type: 'delegate', to: ID, until: LOCAL }],
  ])('%s is kept as the instant that it is', (_what, schema, command) => {
    expect(JSON.stringify(schema.parse(command))).toContain(`"${UTC}"`)
    expect(JSON.stringify(schema.parse(command))).not.toContain('+02:00')
  })

  it('is ordered as text: beyond four digits of the year it is refused, and so is a time without a zone', () => {
    expect(instant.safeParse('9999-12-31T23:59:59-05:00').error?.issues[0]?.message).toBe('must be a time between the years 0 and 9999')
    expect(instant.safeParse('0000-01-01T00:00:00+05:00').success).toBe(false)
    for (const words of ['2026-12-01T01:30:00', '2026-12-01', '2026-02-30T00:00:00Z', 'tomorrow', '']) expect(instant.safeParse(words).success, words).toBe(false)
  })

  it('has one schema: no words of commands read a time themselves', () => {
    const files = readdirSync('lib/domain', { recursive: true, encoding: 'utf8' }).filter((file) => /(commands|-words|-schema)\.ts$/.test(file))
    expect(files.length).toBeGreaterThan(10)
    expect(files.filter((file) => readFileSync(join('lib/domain', file), 'utf8').includes('iso.datetime'))).toEqual([])
  })
})
