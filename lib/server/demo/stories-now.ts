/** What is in flight when the demo begins: one release for every state that the board knows. */
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import 'server-only'
import { LLM_RELEASE_ID } from '@/lib/domain/template/shipped'
import { ASSISTANT, CHURN, EMILY, EU, FELIX, FRA, FRAUD, GRACE, HANNAH, JONAS, LENA, MARA, PIA, PRICE, RECOMMEND, SEARCH, STORES, TOMAS, TRANSCRIBE, US, versionOf, VISION } from './cast'
import { Release } from './moves'
import type { Stage } from './stage'

/** churn-ranker 2.9.0: at risk at 25 %; its errors rise against the stable version. */
export function churnAtRisk(stage: Stage): Release {
  const release = new Release(stage, { model: CHURN, label: '2.9.0', stableLabel: '2.8.1', environment: US, by: JONAS, target: stage.ahead('6h') })
  stage.at('19d 22h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('18d 20h', async () => {
    const { rollbackPlan } = await release.state()
    const conditions = [{ id: 'errors', title: 'Error ratio past 1.2 × stable', itemId: '9.2', spec: null }]
    await release.do({ type: 'change', change: { part: 'rollback-plan', value: { ...rollbackPlan, triggers: 'Errors or p95 past their limit for five minutes, or on-call says so.', conditions } }, reason: '' }, JONAS)
  })
  stage.at('17d 3h', () => release.pass('data'))
  stage.at('15d 2h', () => release.pass('monitoring', 'quality'))
  stage.at('12d 4h', () => release.pass('reproducible'))
  stage.at('9d 21h', () => release.pass('environment'))
  stage.at('1d 2h', () => release.pass('rollback'))
  stage.at('7h', async () => {
    await release.sign('decision')
    await release.go('The top decile holds 31 % of those who leave, up from 27 %. Guard-rail is complaints.')
  })
  release.rollOut(stage.ago('4h 30m'), { stepIndex: 1, isSoaked: false })
  stage.at('38m', () => release.measure('9.2', { verdict: 'fail', value: 0.0072, reason: '0.72 % is 1.80 × stable (0.4 %); outside its limit, ≤ 1.2 × stable.' }, 0.004))
  stage.at('2h', () => release.do({ type: 'tick', itemId: '9.7', isDone: true }, JONAS))
  stage.at('31m', () => release.comment('Timeouts towards the feature store, only from the canary pods. @Felix Kramer can you look before we roll back?', HANNAH, [FELIX], 'canary', '9.2'))
  stage.at('22m', () => release.do({ type: 'add-action', actionId: stage.freshId(), title: 'Find out why only canary pods time out', ownerId: FELIX.personId, team: 'ops', dueAt: stage.ahead('2h').toISOString(), checkInId: null }, HANNAH))
  return release
}

/** search-embed 1.4.2: all traffic, 17 of 24 h; two lines were waived on the way. */
export function searchSoaking(stage: Stage): Release {
  const release = new Release(stage, { model: SEARCH, label: '1.4.2', stableLabel: '1.3.1', environment: EU, by: LENA, target: stage.ahead('7h 20m') })
  stage.at('16d 22h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('15d 3h', () => release.pass('data'))
  stage.at('13d 20h', () => release.pass('quality', 'monitoring'))
  stage.at('12d 2h', async () => {
    await release.do({ type: 'request-waiver', itemId: '4.4', reason: 'Tracing loses the batch id until the serving runtime is updated; the same path was traced for 1.3.1.', until: stage.ahead('12d').toISOString() }, TOMAS)
  })
  stage.at('11d 20h', async () => {
    await release.do({ type: 'approve-waiver', itemId: '4.4' }, PIA)
    await release.pass('reproducible')
  })
  stage.at('9d 3h', () => release.pass('environment'))
  stage.at('7d 21h', () => release.pass('rollback'))
  stage.at('6d 2h', async () => {
    await release.sign('decision')
    await release.go('Zero-result searches fall by a fifth; the index was rebuilt and checked.', [
      { title: 'Trace one example end to end after the runtime update', ownerId: TOMAS.personId, team: 'data-science', dueAt: stage.ahead('12d').toISOString() },
      { title: 'Tell the store teams about the new ranking', ownerId: JONAS.personId, team: 'product', dueAt: stage.ago('2d').toISOString() },
    ])
  })
  stage.at('3d 1h', async () => {
    const told = (await release.state()).actions.find((action) => action.ownerId === JONAS.personId)
    if (told) await release.do({ type: 'complete-action', actionId: told.id, note: 'In the newsletter of this week.' }, JONAS)
  })
  release.rollOut(stage.ago('35h 20m'), { stepIndex: 3, isSoaked: false })
  stage.at('2h', async () => {
    await release.do({ type: 'tick', itemId: '10.3', isDone: true }, FELIX)
    await release.do({ type: 'tick', itemId: '10.4', isDone: true }, JONAS)
  })
  return release
}

/** price-forecast 7.0.0: everything passed; two teams signed the go, product has it. */
export function priceReady(stage: Stage): Release {
  const release = new Release(stage, { model: PRICE, label: '7.0.0', stableLabel: '6.4.0', environment: FRA, by: GRACE, target: stage.ahead('3d'), risk: 'high' })
  stage.at('14d 20h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('13d 1h', () => release.pass('data'))
  stage.at('11d 2h', async () => {
    await release.settle('quality')
    await release.sign('quality', [LENA, GRACE])
    await release.pass('monitoring')
  })
  stage.at('8d 4h', () => release.pass('reproducible'))
  stage.at('6d 20h', () => release.pass('environment'))
  stage.at('1d 3h', () => release.pass('rollback'))
  stage.at('1d 2h 30m', () => release.sign('decision', [LENA]))
  stage.at('1d 2h 10m', () => release.sign('decision', [MARA]))
  stage.at('1d 2h', () => release.comment('Both signed. @Pia Brandt, it is yours: the finance team wants it before Wednesday.', MARA, [PIA], 'decision'))
  return release
}

/** fraud-scorer 4.2.0: overdue; ops has the load test, data science and product are done. */
export function fraudOverdue(stage: Stage): Release {
  const release = new Release(stage, { model: FRAUD, label: '4.2.0', stableLabel: '4.1.3', environment: EU, by: LENA, target: stage.ago('2d'), risk: 'high' })
  stage.at('12d 20h', async () => {
    await release.open()
    await release.pass('scope')
    await release.do({ type: 'set-due', gateId: 'environment', dueAt: stage.ago('3d').toISOString() }, JONAS)
  })
  stage.at('11d 2h', () => release.pass('data'))
  stage.at('9d 1h', async () => {
    await release.settle('quality')
    await release.sign('quality', [LENA, GRACE])
  })
  stage.at('7d 22h', () => release.pass('reproducible'))
  stage.at('6d 3h', () => release.pass('monitoring'))
  stage.at('5d 20h', async () => {
    const documentId = stage.freshId()
    await release.do({ type: 'attach-document', documentId, title: 'Load test plan', url: 'https://docs.google.com/document/d/1fraudloadtest/edit', kind: 'design', provider: 'google-docs', ownerTeam: 'ops', pinnedRevision: null, gateId: 'environment', itemId: '5.3' }, MARA)
    await release.do({ type: 'attach-document', documentId: stage.freshId(), title: 'Release dashboard', url: 'https://grafana.northwind.example/d/fraud420/fraud-scorer-4-2', kind: 'dashboard', provider: 'grafana', ownerTeam: 'ops', pinnedRevision: null, gateId: null, itemId: null }, FELIX)
    await release.do({ type: 'attach-document', documentId: stage.freshId(), title: 'Evaluation of 4.2.0', url: 'https://wandb.ai/northwind/fraud-scorer/reports/v420', kind: 'evaluation', provider: 'wandb', ownerTeam: 'data-science', pinnedRevision: 'run 7f3a', gateId: 'quality', itemId: null }, LENA)
    await release.do({ type: 'review-document', documentId, team: 'ops' }, MARA)
    await release.pass('environment')
  })
  stage.at('3d 2h', () => release.settle('rollback', ['7.3', '7.5']))
  stage.at('2d 4h 2m', async () => {
    await release.do({ type: 'reopen-gate', gateId: 'environment', reason: 'The load test ran against the image of 4.1.3, and the failure modes were those of the old feature store.' }, MARA)
    for (const itemId of ['5.3', '5.4']) {
      for (const piece of (await release.item(itemId)).evidence) await release.do({ type: 'remove-evidence', itemId, evidenceId: piece.id, reason: 'Made for another image.' }, MARA)
    }
    await release.do({ type: 'assign-item', itemId: '5.3', personId: FELIX.personId }, MARA)
  })
  stage.at('1d 22h', () => release.comment('The load generator broke at 900 requests a second, not the model. @Felix Kramer, can you get the second host today? @Pia Brandt, we will miss Friday.', MARA, [FELIX, PIA], 'environment', '5.3'))
  stage.at('1d 21h', () => release.comment('Understood. Monday is fine as long as it is before the freeze.', PIA, [], 'environment', '5.3'))
  stage.at('20h', () => release.do({ type: 'set-note', itemId: '5.3', text: 'Second host ordered; 1,200 requests a second for thirty minutes, then 1.5 × that.', expects: 0 }, FELIX))
  return release
}

/** shelf-vision 0.8.1: the candidate was replaced, and what was signed for the old one is stale. */
export function visionStale(stage: Stage): Release {
  const release = new Release(stage, { model: VISION, label: '0.8.0', stableLabel: '0.7.2', environment: STORES, by: GRACE, target: stage.ahead('10d') })
  stage.at('11d 21h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('9d 2h', () => release.pass('data'))
  stage.at('6d 1h', () => release.pass('quality'))
  stage.at('4d 20h', () => release.settle('environment', ['5.3', '5.5']))
  stage.at('4h 50m', () => release.do({ type: 'replace-candidate', versionId: versionOf(VISION, '0.8.1').id, reason: '0.8.0 misread price tags in the dark; 0.8.1 is the same training with the tone curve fixed.' }, GRACE))
  stage.at('4h 42m', () => release.comment('Only the artefact and the code moved; the data is the same. @Lena Hoffmann please look at the slice table again and re-affirm.', GRACE, [LENA], 'quality'))
  return release
}

/** transcribe 3.1.0: the worst slice misses its target. */
export function transcribeFailed(stage: Stage): Release {
  const release = new Release(stage, { model: TRANSCRIBE, label: '3.1.0', stableLabel: '3.0.5', environment: US, by: TOMAS, target: stage.ahead('17d') })
  stage.at('7d 20h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('5d 2h', () => release.pass('data', 'monitoring'))
  stage.at('3d 1h', () => release.pass('environment', 'reproducible'))
  stage.at('1d 4h', async () => {
    await release.settle('quality', ['3.7'])
    await release.do({ type: 'change-item', itemId: '3.7', isRequired: true, metric: null, target: 0.92, query: null, reason: 'The target that scope agreed on, for the worst slice.' }, TOMAS)
    await release.do({ type: 'record-value', itemId: '3.7', value: 0.87 }, TOMAS)
  })
  stage.at('23h', () => release.comment('Worst slice is calls with two speakers: 0.87, target 0.92. Retrain with the overlap set, or ship without that slice?', TOMAS, [LENA, EMILY], 'quality', '3.7'))
  return release
}

/** A page is due when 2 % of the month's budget went within an hour (SRE workbook). */
const ERROR_BUDGET: MetricSpec = {
  source: 'environment', query: { kind: 'signal', signal: 'error-ratio' }, windowSeconds: 3600, kind: 'standing', validForDays: null,
  rule: { test: { kind: 'burn-rate', objective: 0.999, factor: 14.4, longSeconds: 3600, shortSeconds: 300, minRequests: 1000 }, direction: 'lower-is-better', unit: 'ratio' },
  plan: { intervalSeconds: 30, followsScrapes: true, count: 2, failureLimit: 2, inconclusiveLimit: 0, consecutiveErrorLimit: 4 },
}

/** home-recommend 12.3.0: opened this morning, the fix for what was rolled back. */
export function recommendOpened(stage: Stage): Release {
  const release = new Release(stage, { model: RECOMMEND, label: '12.3.0', stableLabel: '12.2.0', environment: US, by: EMILY, target: stage.ahead('20d') })
  stage.at('6h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('3h', () => release.settle('data', ['2.2', '2.3', '2.6', '2.9']))
  stage.at('2h', () => release.do({ type: 'change-metric', itemId: '9.2', isRequired: true, spec: ERROR_BUDGET, reason: 'The ranking has an objective of its own since spring; a ratio to stable lets both get worse together.' }, MARA))
  return release
}

/** search-embed 1.3.1 into the data centre: approved, with gates inherited, and frozen. */
export function searchFrozen(stage: Stage, from: Release): Release {
  const release = new Release(stage, { model: SEARCH, label: '1.3.1', stableLabel: null, environment: FRA, by: MARA, target: stage.ahead('5d'), risk: 'low' })
  stage.at('9d 22h', async () => {
    await release.open()
    for (const [gateId, person] of [['scope', PIA], ['data', LENA], ['quality', LENA]] as const) {
      await release.do({ type: 'inherit-gate', gateId, fromReleaseId: from.id }, person)
      await release.sign(gateId)
    }
  })
  stage.at('8d 3h', () => release.pass('reproducible', 'monitoring'))
  stage.at('4d 2h', () => release.pass('environment', 'rollback'))
  stage.at('3d', () => stage.order('environment', FRA.id, { type: 'add-freeze', freezeId: stage.freshId(), from: stage.ago('26h').toISOString(), to: stage.ahead('46h').toISOString(), zone: 'Europe/Berlin', reason: 'Power work in hall 2' }, MARA))
  stage.at('2d 23h', () => stage.order('environment', EU.id, { type: 'add-freeze', freezeId: stage.freshId(), from: stage.ahead('28d').toISOString(), to: stage.ahead('43d').toISOString(), zone: 'Europe/Berlin', reason: 'Winter freeze' }, MARA))
  stage.at('28h', async () => {
    await release.sign('decision')
    await release.go('Same version that has run in Europe for three weeks; only the place is new.')
  })
  return release
}

/** support-assistant 1.5.0: a language model, on hold for the lawyers. */
export function assistantHeld(stage: Stage): Release {
  const release = new Release(stage, { model: ASSISTANT, label: '1.5.0', stableLabel: '1.4.0', environment: EU, by: PIA, target: stage.ahead('12d'), templateId: LLM_RELEASE_ID })
  stage.at('10d 20h', async () => {
    await release.open()
    await release.pass('scope')
  })
  stage.at('9d', () => release.pass('data'))
  stage.at('7d 2h', () => release.pass('quality', 'monitoring', 'reproducible'))
  stage.at('5d 1h', () => release.settle('environment', ['5.3', '5.14']))
  stage.at('3d 20h', async () => {
    await release.do({ type: 'reject', gateId: 'environment', reason: 'The provider moved the endpoint to another region; the access review has to be done again.' }, HANNAH)
  })
  stage.at('3d 2h', async () => {
    const [rejection] = (await release.gate('environment')).rejections
    if (rejection) await release.do({ type: 'withdraw-rejection', gateId: 'environment', rejectionId: rejection.id, reason: 'Reviewed again; the region is covered by the contract.' }, HANNAH)
  })
  stage.at('30h', () => release.do({ type: 'hold', reason: 'Legal reads the new provider terms; answer expected on Thursday.', checkInId: null }, EMILY))
  return release
}
