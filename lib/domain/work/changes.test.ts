/** What a digest tells of a release: who did it, which version, and nothing that the reader did. */
import { describe, expect, it } from 'vitest'
import { Play, SIX, version } from '@/lib/domain/release/testing/play'
import { open } from '@/lib/domain/release/testing/story'
import { changesOn } from './changes'

const names = new Map(Object.values(SIX).map((one) => [one.personId, one.name]))
const nameOf = (id: string) => names.get(id) ?? 'nobody'

describe('what others did', () => {
  it('names who made each version the candidate, and not who registered the newest', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    const since = play.now.toISOString()
    for (const [number, by] of [[2, SIX.omar], [3, SIX.dirk]] as const) play.pass(60).must(release, { type: 'replace-candidate', versionId: version(number).id, reason: 'It failed on a slice.' }, by)
    const told = (who: string) => changesOn(play.release(release), who, since, nameOf).map((one) => one.words)
    expect(told(SIX.pia.personId)).toEqual([`Dirk made ${version(3).label} the candidate`, `Omar made ${version(2).label} the candidate`])
    expect(told(SIX.dirk.personId)).toEqual([`Omar made ${version(2).label} the candidate`])
    expect(changesOn(play.release(release), SIX.pia.personId, play.now.toISOString(), nameOf)).toEqual([])
  })
})
