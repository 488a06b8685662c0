/** What is over when the demo begins: a release that became stable and was closed, one that is stable and watched, one rolled back, one cancelled. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { CHURN, EMILY, EU, FELIX, GRACE, HANNAH, JONAS, LENA, MARA, PIA, RECOMMEND, SEARCH, TRANSCRIBE, US } from './cast'
import { healthy, verdictCommand, type Seen } from './measurements'
import { EVALUATOR, Release } from './moves'
import type { Stage } from './stage'

/** Records the standing watch of a stable release's live version: one turn per item, as the evaluator would. */
export async function watch(release: Release, only: string | null = null, seen?: Seen): Promise<void> {
  const state = await release.state()
  const liveId = `${state.modelId}:${state.environmentId}`
  const live = await loadAggregate(release.stage.store, 'live', liveId)
  if (!live?.state.watch) throw new Error(`${state.code} is not watched`)
  for (const item of Object.values(state.items)) {
    const isWatched = item.metric?.mode === 'standing' && item.gateId === 'canary'
    if (!isWatched || (only !== null && item.id !== only)) continue
    const command = verdictCommand(state, item, seen ?? healthy(item, release.model), null, release.stage.now)
    await release.stage.order('live', liveId, { ...command, title: item.title }, EVALUATOR)
  }
}

/** search-embed 1.3.1: five weeks ago, all the way, closed. */
export function searchClosed(stage: Stage): Release {
  const release = new Release(stage, { model: SEARCH, label: '1.3.1', stableLabel: '1.3.0', environment: EU, by: LENA, target: stage.ago('24d'), labelDelayDays: 7 })
  stage.at('33d 22h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('33d 2h', () => release.pass('data', 'monitoring'))
  stage.at('32d 4h', () => release.pass('quality'))
  stage.at('31d 20h', () => release.pass('reproducible', 'environment'))
  stage.at('30d 21h', () => release.pass('rollback'))
  stage.at('30d 3h', async () => {
    await release.sign('decision')
    await release.go('Recall at 10 is up by 1.9 points on the frozen set, and nothing got slower.')
  })
  const full = release.rollOut(stage.ago('29d 22h'), { stepIndex: 3, isSoaked: true })
  stage.at(full, () => release.pass('full-rollout'))
  stage.at('26d 20h', () => watch(release))
  stage.at('18d 4h', async () => {
    await release.measure('11.1')
    await release.pass('follow-up')
  })
  // One decision that was looked at on its day; the same one of transcribe waits for Mara and Felix.
  stage.at('10d 3h', async () => {
    const choice = (await release.state()).decisions.find((one) => one.kind === 'choice')
    if (choice) await release.do({ type: 'confirm-decision', number: choice.number, outcome: 'held', note: 'p95 is 41 ms at the callers, and the bill came 6 % below the plan.', nextAt: stage.ahead('80d').toISOString() }, FELIX)
  })
  return release
}

/** churn-ranker 2.8.4: given up before anything moved. */
export function churnCancelled(stage: Stage): Release {
  const release = new Release(stage, { model: CHURN, label: '2.8.4', stableLabel: '2.8.1', environment: US, by: JONAS, target: stage.ago('16d'), risk: 'low' })
  stage.at('30d 5h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('28d 23h', () => release.settle('data', ['2.2']))
  stage.at('27d 2h', () => release.comment('The hazard loss of 2.9 makes this one pointless, I think. @Pia Brandt, do we still want it?', GRACE, [PIA], 'data'))
  stage.at('26d 1h', () => release.do({ type: 'cancel', reason: '2.9.0 with the hazard loss replaces it; nobody needs both.', as: 'superseded' }, PIA))
  return release
}

/** transcribe 3.0.5: stable, watched, one scare on the way; its labels are not in yet. */
export function transcribeStable(stage: Stage): Release {
  const release = new Release(stage, { model: TRANSCRIBE, label: '3.0.5', stableLabel: '3.0.4', environment: US, by: LENA, target: stage.ago('14d'), risk: 'low', labelDelayDays: 21 })
  stage.at('27d 20h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('26d 3h', () => release.pass('data'))
  stage.at('25d 2h', () => release.pass('monitoring', 'quality'))
  stage.at('22d 22h', () => release.pass('reproducible'))
  stage.at('21d 3h', () => release.pass('environment', 'rollback'))
  stage.at('20d 22h', async () => {
    await release.sign('decision')
    await release.go('Word error rate 0.12 to 0.11; the gain is in bad lines, where complaints come from.', [
      { title: 'Add the new noise slice to the nightly evaluation', ownerId: GRACE.personId, team: 'data-science', dueAt: stage.ahead('4d').toISOString() },
      { title: 'Four weeks of calls without a slower p95', ownerId: null, team: 'ops', dueAt: stage.ahead('9d').toISOString(), itemId: '9.3' },
    ])
  })
  const full = release.rollOut(stage.ago('18d 3h'), { stepIndex: 3, isSoaked: true })
  stage.at(full, () => release.pass('full-rollout'))
  stage.at('15d 22h', () => watch(release))
  stage.at('4d 2h', () => watch(release, '9.3', { verdict: 'fail', value: 0.412, reason: '412 ms (no stable version); outside its limit, ≤ 250 ms.' }))
  stage.at('4d 1h 18m', () => watch(release, '9.3'))
  stage.at('4d 1h', () => release.comment('A noisy neighbour on two nodes; they are drained. p95 is back at 190 ms.', FELIX, [], null, null))
  stage.at('3d 22h', () => release.settle('follow-up', ['11.2', '11.5', '11.6']))
  stage.at('3d 20h', async () => {
    const actionId = stage.freshId()
    await release.do({ type: 'add-action', actionId, title: 'Ask the vendor for a quieter node pool', ownerId: MARA.personId, team: 'ops', dueAt: stage.ahead('9d').toISOString(), checkInId: null }, FELIX)
    await release.do({ type: 'snooze-action', actionId, until: stage.ahead('5d').toISOString(), reason: 'The vendor answers after the holidays there.' }, MARA)
  })
  return release
}

/** home-recommend 12.2.1: rolled back from its canary; the version is held, the cause written down. */
export function recommendRolledBack(stage: Stage): Release {
  const release = new Release(stage, { model: RECOMMEND, label: '12.2.1', stableLabel: '12.2.0', environment: US, by: EMILY, target: stage.ago('12d') })
  stage.at('23d 21h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('22d 2h', () => release.pass('data', 'monitoring'))
  stage.at('20d 5h', () => release.pass('quality', 'reproducible'))
  stage.at('18d 22h', () => release.pass('environment', 'rollback'))
  stage.at('17d 4h', async () => {
    await release.sign('decision')
    await release.go('Clicks on the first shelf are up by 2.1 % in the replay.')
  })
  release.rollOut(stage.ago('12d 4h'), { stepIndex: 1, isSoaked: false })
  stage.at('12d 1h 5m', () => release.measure('9.2', { verdict: 'fail', value: 0.031, reason: '3.1 % is 15.50 × stable (0.2 %); outside its limit, ≤ 1.2 × stable.' }, 0.002))
  stage.at('12d 1h', () => release.do({ type: 'roll-back', reason: 'Empty shelves for customers without history; errors at 3 %.' }, HANNAH))
  stage.at('12d 54m', () => release.do({ type: 'observe', share: 0, requests: null }, EVALUATOR))
  stage.at('11d 5h', async () => {
    const cause = (await release.state()).actions.find((action) => action.source === 'roll-back')
    if (cause) await release.do({ type: 'complete-action', actionId: cause.id, note: 'The feature store answers "no rows" for new customers since schema 14, and 12.2.1 divides by their number. Options: default vector (chosen for 12.3), or the old schema.' }, HANNAH)
    await release.comment('Written up in the post-mortem; the replay lacked customers without history. @Lena Hoffmann adds the slice.', MARA, [LENA])
  })
  return release
}
