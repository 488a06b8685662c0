import { describe, expect, it } from 'vitest'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { againstStable } from './against'
import { Play, SIX, version } from './testing/play'
import { makeStable, open, prepare, rollOut } from './testing/story'

const say = (text: FreeText) => wordsOf(text, () => null)

function two(more: Parameters<typeof open>[3] = {}) {
  const play = new Play({ versions: [version(1), version(2, { data: 'dvc-2', behaviour: 'prompt p-7' })] })
  const first = open(play, 1, SIX.pia)
  prepare(play, first)
  rollOut(play, first)
  makeStable(play, first)
  const second = open(play, 2, SIX.pia, more)
  return { play, first: play.release(first), second: play.release(second) }
}

describe('the candidate against the last stable version', () => {
  it('is nothing without one', () => {
    const play = new Play()
    expect(againstStable(play.release(open(play, 1, SIX.pia)), { version: null, release: null }, say)).toBeNull()
  })

  it('compares version, evaluation, serving, claim and rollback plan', () => {
    const { play, first, second } = two()
    const against = againstStable(second, { version: play.versions[0] ?? null, release: first }, say)
    expect(against).toMatchObject({ label: '4.1.0', releaseCode: 'FRAUD-1' })
    expect(against?.rows.filter((row) => !row.isSame).map((row) => [row.group, row.name, row.then, row.now])).toEqual([
      ['version', 'artefact', 'sha256:1', 'sha256:2'], ['version', 'code', 'commit-1', 'commit-2'], ['version', 'data', 'dvc-1', 'dvc-2'], ['version', 'behaviour', '', 'prompt p-7'],
      ['rollback', 'way', 'switch off', 'back to last stable'],
    ])
  })

  it.each([
    ['serving', 'precision', { serving: { image: 'serve:1', runtime: 'triton', precision: 'int8', batching: '8' } }, 'fp16', 'int8'],
    ['claim', 'memory', { claim: { memoryGiB: 48, cpuCores: 8, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 900, growthPercent: 40 } }, '24 GiB', '48 GiB'],
    ['evaluation', 'report', { evaluation: 'sha256:other' }, 'sha256:eval', 'sha256:other'],
    ['rollback', 'restore time', { rollbackPlan: { way: 'last-stable', triggers: 'error ratio', deciderId: null, rehearsedAt: null, restoreMinutes: 12 } }, '5 min', '12 min'],
  ] as const)('shows a change of %s %s', (group, name, more, then, now) => {
    const { play, first, second } = two(more)
    const row = againstStable(second, { version: play.versions[0] ?? null, release: first }, say)?.rows.find((one) => one.group === group && one.name === name)
    expect(row).toEqual({ group, name, then, now, isSame: false })
  })

  it('says of an adopted version what the version tells, and nothing of what nobody recorded', () => {
    const { play, second } = two()
    const rows = againstStable(second, { version: play.versions[0] ?? null, release: null }, say)?.rows ?? []
    expect(rows.find((row) => row.name === 'data')?.then).toBe('dvc-1')
    expect(rows.filter((row) => row.group !== 'version').every((row) => row.then === null && !row.isSame)).toBe(true)
    const bare = againstStable(second, { version: null, release: null }, say)?.rows ?? []
    expect(bare.map((row) => row.then).filter((then) => then !== null)).toEqual(['sha256:1'])
  })
})
