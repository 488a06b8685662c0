/** Reads of the release lists: by code, in flight, by model and environment, next code and decision number, decisions, actions, mentions. */
import { and, asc, desc, eq, inArray, isNotNull, like, lt, lte, max, or, sql } from 'drizzle-orm'
import { cardStanding } from '@/db/card-standing'
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'
import { CARD_SHAPE, type CardBrief, type ReleaseCard } from '@/lib/domain/release/card'

function cardOfRow(row: { readonly card: unknown; readonly shape: number | null }): readonly ReleaseCard[] {
  return row.shape === CARD_SHAPE && isCard(row.card) ? [row.card] : []
}

/** The column holds what `cardWrite` put there under this shape; the compiler cannot know it. */
function isCard(value: unknown): value is ReleaseCard {
  return typeof value === 'object' && value !== null && 'sentence' in value && 'gates' in value && 'balls' in value
}

function isBrief(value: unknown): value is CardBrief {
  return typeof value === 'object' && value !== null && 'balls' in value && 'waited' in value
}

/** The id behind a release's code (upper case) or id, or null. */
export async function releaseIdOf(store: Store, codeOrId: string): Promise<string | null> {
  const { releaseCard } = store.t
  const [row] = await store.db.select({ id: releaseCard.releaseId }).from(releaseCard)
    .where(or(eq(releaseCard.code, codeOrId.toUpperCase()), eq(releaseCard.releaseId, codeOrId))).limit(1)
  return row?.id ?? null
}

export interface InFlight {
  readonly briefs: readonly CardBrief[]
  /** Ids of those in which the person is named: owner, assignee, on-call, opener. */
  readonly naming: ReadonlySet<string>
}

/** The question of every board. The briefs come as the driver has them: SQLite's are text, and read below. */
const askBriefs = preparedOnce(({ db, t: { releaseCard: t } }) =>
  db.select({ brief: sql<unknown>`${t.brief}`, people: t.people }).from(t).where(and(eq(t.isInFlight, true), eq(t.shape, CARD_SHAPE))).prepare(),
)

interface BriefRead {
  readonly text: unknown
  readonly brief: unknown
  readonly people: string
}

interface LastBriefs {
  readonly standing: string | null
  readonly rows: readonly BriefRead[]
  readonly briefs: readonly CardBrief[]
}

/** The last answer, with the texts that it was read from. */
const lastOf = new WeakMap<Store, LastBriefs>()

async function briefsRead(store: Store): Promise<LastBriefs> {
  const standing = cardStanding(store)
  const last = lastOf.get(store)
  if (last && standing !== null && last.standing === standing) return last
  const asked = await askBriefs(store).execute()
  // From one look at the board to the next hardly a release changes: a text that stands where it stood is not parsed again.
  const rows = asked.map(({ brief: text, people }, i): BriefRead => {
    const before = last?.rows[i]
    const brief: unknown = before !== undefined && before.text === text ? before.brief : typeof text === 'string' ? JSON.parse(text) : text
    return { text, brief, people }
  })
  const found = { standing, rows, briefs: rows.flatMap(({ brief }) => (isBrief(brief) ? [brief] : [])) }
  lastOf.set(store, found)
  return found
}

/** What is counted of all releases in flight. In: the person who looks, if it is one. */
export async function briefsInFlight(store: Store, personId: string | null): Promise<InFlight> {
  const { rows, briefs } = await briefsRead(store)
  const named = `,${personId},`
  const naming = personId === null ? [] : rows.flatMap(({ brief, people }) => (people.includes(named) && isBrief(brief) ? [brief.id] : []))
  return { briefs, naming: new Set(naming) }
}

/** The question for some cards, whose ids come as one JSON array: lists of any length are one statement. */
const askCards = preparedOnce(({ db, dialect, t: { releaseCard: t } }) => {
  const given = sql.placeholder('ids')
  const ids = dialect === 'sqlite' ? sql`(select value from json_each(${given}))` : sql`(select json_array_elements_text((${given})::text::json))`
  return db.select({ id: t.releaseId, card: sql<unknown>`${t.card}`, shape: t.shape }).from(t).where(sql`${t.releaseId} in ${ids}`).prepare()
})

/** Cards that were read lately, as many as two pages show: with the text that each was read from, and how the rows stood then. */
const MOST_READ = 100

interface CardRead {
  readonly text: unknown
  readonly shape: number | null
  readonly card: ReleaseCard | null
  readonly standing: string | null
}

const readOf = new WeakMap<Store, Map<string, CardRead>>()

/** Cards by id. A card is long: it is asked for again when a row was written since, and parsed again when it is another text. */
export async function cardsOf(store: Store, ids: readonly string[]): Promise<readonly ReleaseCard[]> {
  const standing = cardStanding(store)
  const read = readOf.get(store) ?? new Map<string, CardRead>()
  readOf.set(store, read)
  const still = (id: string) => {
    const known = read.get(id)
    return standing !== null && known?.standing === standing ? known : null
  }
  const found = new Map<string, CardRead>()
  const wanted = ids.filter((id) => {
    const known = still(id)
    if (known) found.set(id, known)
    return known === null
  })
  const rows = wanted.length === 0 ? [] : await askCards(store).execute({ ids: JSON.stringify(wanted) })
  for (const { id, card: text, shape } of rows) {
    const known = read.get(id)
    const card = known && known.text === text && known.shape === shape ? known.card : cardOfRow({ card: typeof text === 'string' ? JSON.parse(text) : text, shape })[0] ?? null
    found.set(id, { text, shape, card, standing })
  }
  // A whole board of hundreds would only drive out what pages show.
  if (ids.length <= MOST_READ) keep(read, found)
  return ids.flatMap((id) => found.get(id)?.card ?? [])
}

/** The latest stand last; the oldest make room. */
function keep(read: Map<string, CardRead>, found: ReadonlyMap<string, CardRead>): void {
  for (const [id, card] of found) {
    read.delete(id)
    read.set(id, card)
  }
  for (const id of read.keys()) {
    if (read.size <= MOST_READ) return
    read.delete(id)
  }
}

/** Ids of releases of a model into an environment that have not ended. */
export async function openReleaseIds(store: Store, modelId: string, environmentId: string): Promise<readonly string[]> {
  const { releaseCard } = store.t
  const rows = await store.db.select({ id: releaseCard.releaseId, phase: releaseCard.phase, isInFlight: releaseCard.isInFlight }).from(releaseCard)
    .where(and(eq(releaseCard.modelId, modelId), eq(releaseCard.environmentId, environmentId))).orderBy(asc(releaseCard.openedAt))
  return rows.filter((row) => row.isInFlight || row.phase === 'stable').map((row) => row.id)
}

/** The next free code of a prefix: FRAUD-12 after FRAUD-11. A race is settled by the unique index, and decided again. */
export async function nextCode(store: Store, prefix: string): Promise<string> {
  const { releaseCard } = store.t
  const rows = await store.db.select({ code: releaseCard.code }).from(releaseCard).where(like(releaseCard.code, `${prefix}-%`))
  const numbers = rows.map((row) => Number(row.code.slice(prefix.length + 1))).filter(Number.isInteger)
  return `${prefix}-${Math.max(0, ...numbers) + 1}`
}

/** The next free decision number of the installation. */
export async function nextDecision(store: Store): Promise<number> {
  const { decisionRow } = store.t
  const [row] = await store.db.select({ last: max(decisionRow.number) }).from(decisionRow)
  return (row?.last ?? 0) + 1
}

/** Releases whose card the clock has turned by now. */
export async function turnedCards(store: Store, now: Date, most: number): Promise<readonly string[]> {
  const { releaseCard } = store.t
  const rows = await store.db.select({ id: releaseCard.releaseId }).from(releaseCard)
    // Both values, so that the index answers: the clock asks this every few seconds, of all releases that ever were.
    .where(and(inArray(releaseCard.isInFlight, [true, false]), isNotNull(releaseCard.turnAt), lte(releaseCard.turnAt, now))).orderBy(asc(releaseCard.turnAt)).limit(most)
  return rows.map((row) => row.id)
}

export interface DecisionRow {
  readonly number: number
  readonly releaseId: string | null
  readonly kind: string
  readonly at: Date
  readonly titleSearch: string
  readonly body: unknown
}

/** Decisions, newest first. In: a kind, a release, and the number to page from. */
export async function decisionRows(store: Store, filter: { readonly kind?: string | undefined; readonly releaseId?: string | undefined; readonly before?: number | undefined }, most: number): Promise<readonly DecisionRow[]> {
  const { decisionRow } = store.t
  const conditions = [
    ...(filter.kind ? [eq(decisionRow.kind, filter.kind)] : []), ...(filter.releaseId ? [eq(decisionRow.releaseId, filter.releaseId)] : []),
    ...(filter.before ? [lt(decisionRow.number, filter.before)] : []),
  ]
  return store.db.select({ number: decisionRow.number, releaseId: decisionRow.releaseId, kind: decisionRow.kind, at: decisionRow.at, titleSearch: decisionRow.titleSearch, body: decisionRow.body })
    .from(decisionRow).where(and(...conditions)).orderBy(desc(decisionRow.number)).limit(most)
}
