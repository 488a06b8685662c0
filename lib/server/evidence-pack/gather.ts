/** Gathers what a pack holds at one place of the log: the releases, the check-ins that spoke of them, their stored files, the log's extract. */
import 'server-only'
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { loadAggregate, revealSeals } from '@/db/aggregate'
import { closedCheckIns, releasesTouched, type ExtractRow } from '@/db/log-extract'
import { releaseIdOf } from '@/db/release-list'
import type { Store } from '@/db/store'
import { storedFile } from '@/db/stored-file'
import type { SystemActor } from '@/lib/domain/actor'
import type { PackCheckIn, PackFile, PackRelease, PackScope, SeenMark } from '@/lib/domain/evidence-pack/pack'
import { eventWords } from '@/lib/domain/release/event-words'
import type { ReleaseState } from '@/lib/domain/release/state'
import { loggable } from '@/lib/public/loggable'
import { getFile } from '@/lib/server/evidence/file-store'
import { extractOf, type Extract } from '@/lib/server/evidence-pack/extract'
import { checkInView } from '@/lib/server/view/check-in'
import { loadNames } from '@/lib/server/view/people'
import { releaseView } from '@/lib/server/view/release'

/** Nobody in particular looks: a pack of the same record is the same for everyone. */
const NOBODY: SystemActor = { kind: 'system', name: 'clock' }

/** A pack that holds more would take minutes to make and be read by nobody. */
export const MOST_RELEASES = 200

/** Somebody changed a release while it was being gathered; gather again at the newer place. */
export class MovedOn extends Error {}

export class TooMuch extends Error {}

export interface Gathered {
  readonly releases: readonly PackRelease[]
  readonly checkIns: readonly PackCheckIn[]
  readonly files: readonly (PackFile & { readonly content: Uint8Array | null })[]
  readonly extract: Extract
}

interface Loaded {
  readonly id: string
  readonly state: ReleaseState
  readonly version: number
}

/** In: the scope, the last entry that counts, the instant at which everything is read. Out: null when there is no such release. Throws MovedOn, TooMuch. */
export async function gather(store: Store, dataDir: string, scope: PackScope, upTo: number, now: Date): Promise<Gathered | null> {
  const ids = await idsOf(store, scope, upTo)
  if (ids === null) return null
  if (ids.length > MOST_RELEASES) throw new TooMuch(`In this time something was recorded about ${ids.length} releases; a pack holds at most ${MOST_RELEASES}. Choose a shorter time.`)
  const loaded: Loaded[] = []
  for (const id of ids) {
    const found = await loadAggregate(store, 'release', id)
    if (found) loaded.push({ id, ...found })
  }
  const states = loaded.toSorted((a, b) => a.state.code.localeCompare(b.state.code, 'en', { numeric: true }))
  const checkIns = await checkInsAbout(store, scope, states.map(({ state }) => state), upTo, now)
  const own = new Set([...ids.map((id) => `release ${id}`), ...states.map(({ state }) => `live ${state.modelId}:${state.environmentId}`), ...checkIns.map((one) => `check-in ${one.id}`)])
  const extract = await extractOf(store, upTo, (row) => own.has(`${row.kind} ${row.aggregateId}`))
  const names = await loadNames(store)
  const releases: PackRelease[] = []
  for (const one of states) releases.push(await packRelease(store, one, extract.shown, names, now))
  return { releases, checkIns, files: await filesOf(store, dataDir, states.map(({ state }) => state)), extract }
}

async function idsOf(store: Store, scope: PackScope, upTo: number): Promise<readonly string[] | null> {
  if (scope.kind === 'period') return releasesTouched(store, new Date(scope.from), new Date(scope.to), upTo)
  const id = await releaseIdOf(store, scope.code)
  return id === null ? null : [id]
}

async function packRelease(store: Store, { id, state, version }: Loaded, shown: readonly ExtractRow[], names: ReadonlyMap<string, string>, now: Date): Promise<PackRelease> {
  const rows = shown.filter((row) => row.kind === 'release' && row.aggregateId === id)
  const whole = await releaseView(NOBODY, id, now)
  // The state must be the one that the extract leads to; a command in between makes it another.
  if (!whole || whole.version !== rows.length || version !== rows.length) throw new MovedOn(`${state.code} moved on while it was gathered`)
  const { can: _can, viewer: _viewer, people: _people, rail: _rail, nextStepBlockers: _blockers, panels: _panels, version: _version, ...view } = whole
  const words = await revealSeals(store, [...new Set(rows.flatMap((row) => [...row.body.matchAll(/"sealed":"([0-9a-f]{64})"/g)].map(([, seal]) => seal ?? '')))])
  const timeline = rows.map((row) => ({
    seq: row.seq, at: row.at.toISOString(), type: row.type, hash: row.hash,
    ...eventWords(row.body, state, (hash) => words.get(hash), (person) => names.get(person) ?? 'Gatehouse'),
  }))
  return { view, seen: seenMarks(state), timeline }
}

function seenMarks(state: ReleaseState): Readonly<Record<string, SeenMark>> {
  const marks = Object.values(state.gates).flatMap((gate) => gate.signOffs.map(({ id, seen }) => [id, { ...seen, fingerprint: createHash('sha256').update(canonicalize(seen) ?? '').digest('hex') }] as const))
  return Object.fromEntries(marks)
}

/** Closed check-ins that treated one of the releases, oldest first; for a period those that were closed in it. */
async function checkInsAbout(store: Store, scope: PackScope, states: readonly ReleaseState[], upTo: number, now: Date): Promise<readonly PackCheckIn[]> {
  const ids = new Set(states.map((state) => state.id))
  const codes = new Set(states.map((state) => state.code))
  const found: PackCheckIn[] = []
  for (const id of await closedCheckIns(store, upTo)) {
    const loaded = await loadAggregate(store, 'check-in', id)
    if (!loaded) continue
    const { closedAt, topics, taken } = loaded.state
    const isInTime = scope.kind === 'release' || (closedAt !== null && closedAt >= scope.from && closedAt < scope.to)
    const isAbout = scope.kind === 'period' || topics.some((topic) => topic.releaseId !== null && ids.has(topic.releaseId)) || taken.some((one) => one.code !== null && codes.has(one.code))
    const view = isInTime && isAbout ? await checkInView(NOBODY, id, now) : null
    if (view) found.push({ id, title: view.title, status: view.status, startsAt: view.startsAt, startedAt: view.startedAt, closedAt: view.closedAt, zone: view.zone, minutes: view.minutes, addenda: view.addenda, taken: view.taken })
  }
  return found
}

// Only what a file manager opens without running it keeps its ending.
const ENDINGS = new Set(['pdf', 'json', 'xml', 'csv', 'txt', 'md', 'png', 'jpg', 'jpeg', 'yaml', 'yml', 'log', 'parquet'])

async function filesOf(store: Store, dataDir: string, states: readonly ReleaseState[]): Promise<Gathered['files']> {
  const hashes = [...new Set(states.flatMap((state) => Object.values(state.items).flatMap((item) => item.evidence.flatMap((piece) => piece.file?.hash ?? []))))].sort()
  const files = []
  for (const hash of hashes) {
    const row = await storedFile(store, hash)
    const bytes = await bytesOf(store, dataDir, hash)
    const ending = row?.name.toLowerCase().split('.').at(-1) ?? ''
    const path = bytes ? `files/${hash}${ENDINGS.has(ending) ? `.${ending}` : ''}` : null
    files.push({ hash, name: row?.name ?? 'unknown', mediaType: row?.mediaType ?? '', bytes: row?.size ?? 0, path, content: bytes })
  }
  return files
}

/** A pack is wanted most when something was lost, so a file that is gone or damaged is left out and said, in the pack and in the log of the server. */
async function bytesOf(store: Store, dataDir: string, hash: string): Promise<Uint8Array | null> {
  try {
    return (await getFile(store, dataDir, hash))?.bytes ?? null
  } catch (error) {
    console.error(`Stored file ${hash} cannot be put into an evidence pack. Restore it from a backup.`, loggable(error))
    return null
  }
}
