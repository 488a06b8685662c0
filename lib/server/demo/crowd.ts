/** Fills the board with as many releases as are wanted, for pictures of a crowded board: each opened and worked by commands, as far as its turn says. */
import 'server-only'
import { EMILY, GRACE, hex, JONAS, LENA, MARA, EU, FRA, PIA, STORES, TOMAS, US, type ModelCast } from './cast'
import { Release } from './moves'
import type { Stage } from './stage'

const NAMES = [
  'address-parser', 'basket-size', 'call-router', 'card-limits', 'claim-triage', 'coupon-picker', 'demand-north', 'demand-south', 'delivery-eta', 'doc-classify', 'energy-load', 'gift-finder',
  'invoice-reader', 'lead-score', 'late-payer', 'menu-ranker', 'night-shift', 'order-anomaly', 'parts-matcher', 'photo-quality', 'query-intent', 'returns-risk', 'review-spam', 'route-planner', 'size-advice',
]
const ENVIRONMENTS = [EU, US, FRA, STORES]
const OPENERS = [LENA, JONAS, EMILY, TOMAS, GRACE]
/** How far a release has come: gates passed one after the other, then one that is begun. */
const DEPTHS: readonly (readonly string[])[] = [[], ['scope'], ['scope', 'data'], ['scope'], ['scope', 'monitoring'], ['scope', 'data', 'monitoring']]

function crowdModel(index: number): ModelCast {
  const slug = NAMES[index % NAMES.length] ?? 'model'
  const number = String(index + 1).padStart(4, '0')
  const versions = Object.fromEntries(Array.from({ length: 5 }, (_, minor) => {
    const label = `${1 + (index % 7)}.${minor}.0`
    return [label, {
      id: `0195c0de-0106-7000-8000-${number}${String(minor).padStart(8, '0')}`, label, artefact: `registry.northwind.example/ml/${slug}@sha256:${hex(`${slug} ${label}`, 64)}`, digest: null,
      commit: hex(`${slug} commit ${label}`, 40), data: `data/train.dvc@${hex(`${slug} data ${label}`, 40)}`,
      behaviour: { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null },
    }]
  }))
  return {
    id: `0195c0de-0105-7000-8000-${number}00000000`, slug, prefix: slug.replace(/[^a-z]/g, '').slice(0, 5).toUpperCase() + String.fromCharCode(65 + (index % 26)), ownerTeam: 'data-science',
    purpose: '', traffic: { perSecond: 300, speed: 1, errors: 0.001 }, gpu: index % 3 === 0 ? 'L4' : '', versions,
  }
}

/** Plans so many more releases, spread over models, versions, environments and the last two weeks. At most 500. */
export function planCrowd(stage: Stage, count: number): void {
  const models = NAMES.slice(0, Math.ceil(count / 20)).map((_, index) => crowdModel(index))
  stage.at('20d', async () => {
    for (const model of models) {
      await stage.order('model', model.id, { type: 'register-model', slug: model.slug, name: model.slug, purpose: model.purpose, ownerTeam: model.ownerTeam, codePrefix: model.prefix }, LENA)
      for (const { id, label, artefact, digest, commit, data, behaviour } of Object.values(model.versions)) {
        await stage.order('model', model.id, { type: 'add-version', versionId: id, label, artefact, digest, codeCommit: commit, data, behaviour }, TOMAS)
      }
    }
  })
  for (let index = 0; index < count; index += 1) {
    const model = models[index % models.length]
    const place = Math.floor(index / models.length)
    const environment = ENVIRONMENTS[place % ENVIRONMENTS.length]
    const label = model && Object.keys(model.versions)[Math.floor(place / ENVIRONMENTS.length)]
    if (!model || !environment || label === undefined) return
    const hours = 4 + ((index * 37) % 300)
    const release = new Release(stage, { model, label, stableLabel: null, environment, by: OPENERS[index % OPENERS.length] ?? PIA, target: stage.ahead(`${(index % 40) + 1 - (index % 17 === 0 ? 8 : 0)}d`), risk: 'low' })
    const depth = DEPTHS[index % DEPTHS.length] ?? []
    stage.at(`${hours}h`, async () => {
      await release.open()
      await release.pass(...depth)
      if (index % 23 === 0) await release.do({ type: 'hold', reason: 'Waits for the budget of next quarter.', checkInId: null }, MARA)
    })
  }
}
