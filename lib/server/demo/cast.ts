/** Who and what the demo's world consists of: an invented company, its people, its models with their versions, its environments. */
import 'server-only'
import type { PersonActor, TeamRole } from '@/lib/domain/actor'
import type { EnvironmentKind, Orchestrator } from '@/lib/domain/environment/state'

/** Everybody's password in the demo; printed on the console, never used outside of it. */
export const DEMO_PASSWORD = 'winter harbour lights'
export const COMPANY = 'Northwind'

function idOf(group: number, number: number): string {
  return `0195c0de-${String(group).padStart(4, '0')}-7000-8000-${String(number).padStart(12, '0')}`
}

function person(number: number, name: string, team: string | null, role: TeamRole = 'member', isAdmin = false): PersonActor {
  return { kind: 'person', personId: idOf(1, number), name, memberships: team === null ? [] : [{ team, role }], isAdmin, delegatedBy: [] }
}

export const MARA = person(1, 'Mara Lindqvist', 'ops', 'lead', true)
export const FELIX = person(2, 'Felix Kramer', 'ops')
export const HANNAH = person(3, 'Hannah Reid', 'ops')
export const LENA = person(4, 'Lena Hoffmann', 'data-science', 'lead')
export const TOMAS = person(5, 'Tomás Ruiz', 'data-science')
export const GRACE = person(6, 'Grace Okafor', 'data-science')
export const PIA = person(7, 'Pia Brandt', 'product', 'lead')
export const JONAS = person(8, 'Jonas Weber', 'product')
export const EMILY = person(9, 'Emily Carter', 'product')
export const OLIVIER = person(10, 'Olivier Martin', null)

/** The first is the admin who sets the installation up. */
export const PEOPLE: readonly PersonActor[] = [MARA, FELIX, HANNAH, LENA, TOMAS, GRACE, PIA, JONAS, EMILY, OLIVIER]

export function emailOf({ name }: PersonActor): string {
  const [first = 'somebody'] = name.normalize('NFD').replace(/[^a-z ]/gi, '').toLowerCase().split(' ')
  return `${first}@northwind.example`
}

export const SOURCE_ID = idOf(2, 1)
export const SLACK_ID = idOf(3, 1)

export interface EnvironmentCast {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: EnvironmentKind
  readonly orchestrator: Orchestrator
  readonly zone: string
}

function environment(number: number, slug: string, kind: EnvironmentKind, orchestrator: Orchestrator, zone: string): EnvironmentCast {
  return { id: idOf(4, number), slug, name: slug, kind, orchestrator, zone }
}

export const EU = environment(1, 'production-eu', 'cloud', 'kubernetes', 'Europe/Berlin')
export const US = environment(2, 'production-us', 'cloud', 'kubernetes', 'America/New_York')
export const FRA = environment(3, 'on-prem-fra', 'on-premises', 'virtual-machines', 'Europe/Berlin')
export const STORES = environment(4, 'edge-stores', 'edge', 'bare-metal', 'Europe/Paris')
export const STAGING = environment(5, 'staging', 'cloud', 'kubernetes', 'Europe/Berlin')
export const ENVIRONMENTS: readonly EnvironmentCast[] = [EU, US, FRA, STORES, STAGING]

export interface VersionCast {
  readonly id: string
  readonly label: string
  readonly artefact: string
  readonly digest: string | null
  readonly commit: string
  readonly data: string
  readonly behaviour: { readonly prompt: string | null; readonly tools: string | null; readonly index: string | null; readonly guardRails: string | null; readonly providerVersion: string | null; readonly retiresOn: string | null }
}

export interface ModelCast {
  readonly id: string
  readonly slug: string
  readonly prefix: string
  readonly purpose: string
  readonly ownerTeam: string
  /** What the model server pretends: requests per second of all versions together, how slow it is (1: 160 ms at p95), its usual share of errors. */
  readonly traffic: { readonly perSecond: number; readonly speed: number; readonly errors: number }
  /** GPU of the claim; empty for none. */
  readonly gpu: string
  readonly versions: Readonly<Record<string, VersionCast>>
}

/** Hexadecimal digits that look random and are the same at every start. */
export function hex(seed: string, length: number): string {
  let state = 2166136261
  let out = ''
  for (let at = 0; out.length < length; at += 1) {
    for (const char of `${seed}/${at}`) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0
    out += state.toString(16).padStart(8, '0')
  }
  return out.slice(0, length)
}

const PLAIN = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }

/** Each model is kept in another kind of registry, as companies' are. */
const REFERENCES: Readonly<Record<string, (label: string) => { readonly artefact: string; readonly digest: string | null }>> = {
  'fraud-scorer': (label) => ({ artefact: `registry.northwind.example/ml/fraud-scorer@sha256:${hex(`fraud ${label}`, 64)}`, digest: null }),
  'churn-ranker': (label) => ({ artefact: `models:/churn-ranker/${label.replaceAll('.', '')}`, digest: `sha256:${hex(`churn ${label}`, 64)}` }),
  'search-embed': (label) => ({ artefact: `northwind-ml/search-embed@${hex(`search ${label}`, 40)}`, digest: null }),
  'price-forecast': (label) => ({ artefact: `s3://northwind-models/price-forecast/${label}/model.tar.zst?versionId=${hex(`price ${label}`, 32)}`, digest: `sha256:${hex(`price ${label}`, 64)}` }),
}

let versionCount = 0

function model(number: number, slug: string, prefix: string, ownerTeam: string, purpose: string, traffic: ModelCast['traffic'], gpu: string, labels: readonly string[], behaviourOf: (label: string) => VersionCast['behaviour'] = () => PLAIN): ModelCast {
  const reference = REFERENCES[slug] ?? ((label: string) => ({ artefact: `registry.northwind.example/ml/${slug}@sha256:${hex(`${slug} ${label}`, 64)}`, digest: null }))
  const versions = labels.map((label): VersionCast => {
    versionCount += 1
    return {
      id: idOf(6, versionCount), label, ...reference(label), commit: hex(`${slug} commit ${label}`, 40),
      // A patch is trained on the data of its minor version.
      data: `data/train.dvc@${hex(`${slug} data ${label.split('.').slice(0, 2).join('.')}`, 40)}`, behaviour: behaviourOf(label),
    }
  })
  return { id: idOf(5, number), slug, prefix, ownerTeam, purpose, traffic, gpu, versions: Object.fromEntries(versions.map((one) => [one.label, one])) }
}

const fast = { perSecond: 620, speed: 0.62, errors: 0.0015 }

export const FRAUD = model(1, 'fraud-scorer', 'FRAUD', 'data-science', 'Scores card payments before they are authorised.', { perSecond: 600, speed: 0.98, errors: 0.0012 }, 'L4', ['4.1.3', '4.2.0', '4.0.0', '4.0.1', '4.1.0', '4.1.2'])
export const CHURN = model(2, 'churn-ranker', 'CHURN', 'product', 'Orders customers by how likely they are to leave within a month.', { perSecond: 480, speed: 0.8, errors: 0.004 }, '', ['2.8.1', '2.8.4', '2.9.0', '2.6.0', '2.7.0', '2.7.1', '2.8.0'])
export const SEARCH = model(3, 'search-embed', 'SRCH', 'data-science', 'Embeds products and queries for search.', fast, 'L4', ['1.3.0', '1.3.1', '1.4.2', '1.0.4', '1.1.0', '1.2.0', '1.2.1'])
export const PRICE = model(4, 'price-forecast', 'PRICE', 'data-science', 'Forecasts prices per product and region for the next eight weeks.', { perSecond: 320, speed: 1.3, errors: 0.001 }, '', ['6.4.0', '7.0.0', '6.1.0', '6.2.0', '6.3.0'])
export const VISION = model(5, 'shelf-vision', 'VIS', 'data-science', 'Finds empty shelves in pictures from the stores.', { perSecond: 340, speed: 1.1, errors: 0.002 }, 'Jetson', ['0.7.2', '0.8.0', '0.8.1', '0.5.0', '0.6.0', '0.7.0'])
export const TRANSCRIBE = model(6, 'transcribe', 'TRANS', 'data-science', 'Writes down calls to the service centre.', { perSecond: 360, speed: 1.2, errors: 0.0015 }, 'A10G', ['3.0.4', '3.0.5', '3.1.0', '2.8.0', '2.9.0', '3.0.0'])
export const RECOMMEND = model(7, 'home-recommend', 'RECO', 'product', 'Chooses what the home page shows to whom.', { perSecond: 540, speed: 0.7, errors: 0.002 }, '', ['12.2.0', '12.2.1', '12.3.0', '11.8.0', '12.0.0', '12.1.0', '12.1.1'])
export const ASSISTANT = model(8, 'support-assistant', 'ASSIST', 'product', 'Drafts answers for the service centre from the help pages.', { perSecond: 300, speed: 1.4, errors: 0.001 }, 'H100', ['1.4.0', '1.5.0'], (label) => ({
  prompt: `git:northwind-ml/support-assistant@${hex(`prompt ${label}`, 12)}:prompts/answer.md`, tools: 'order-status v3, refund-policy v2', index: `help-pages@2026-${label === '1.4.0' ? '08' : '10'}`,
  guardRails: 'personal data filter v5', providerVersion: label === '1.4.0' ? 'mist-large-2026-05' : 'mist-large-2026-09', retiresOn: label === '1.4.0' ? '2027-05-31' : '2027-09-30',
}))

export const MODELS: readonly ModelCast[] = [FRAUD, CHURN, SEARCH, PRICE, VISION, TRANSCRIBE, RECOMMEND, ASSISTANT]

/** The version of a model by its label. Throws when the cast has none, which is a slip in a story. */
export function versionOf(of: ModelCast, label: string): VersionCast {
  const found = of.versions[label]
  if (!found) throw new Error(`the cast has no ${of.slug} ${label}`)
  return found
}

/** The labels by which the metrics of a version are found on the demo's Prometheus. */
export function selectorsOf(of: ModelCast, label: string): Readonly<Record<string, string>> {
  const deployment = `${of.slug}-${label}`.replace(/[^a-z0-9]+/gi, '-')
  return { model_name: of.slug, model_version: label, pod: `${deployment}-0`, persistentvolumeclaim: deployment }
}
