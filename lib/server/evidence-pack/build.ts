/** Makes the files of a pack, lists them with their hashes, and signs the list; the same record gives the same bytes. */
import 'server-only'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { allCheckpoints, checkpointKeys, firstEntry, type Checkpoint } from '@/db/checkpoint'
import { EU_AI_ACT, NIST_AI_RMF, CROSS_WALK_NOTE } from '@/lib/domain/evidence-pack/cross-walk'
import { crossWalkMarkdown, readme, releaseMarkdown } from '@/lib/domain/evidence-pack/markdown'
import { packName, type Pack, type PackScope } from '@/lib/domain/evidence-pack/pack'
import { overviewPage, releasePage, singlePage } from '@/lib/domain/evidence-pack/page'
import { headCheckpoint, type Signing } from '@/lib/server/checkpoint/checkpoint'
import { factsOf, pemOf, signText } from '@/lib/server/checkpoint/keys'
import { gather, type Gathered, MovedOn } from '@/lib/server/evidence-pack/gather'
import { loadInstallation } from '@/lib/server/view/people'

export interface PackFiles {
  readonly name: string
  /** By path, in the order in which they stand in the zip. */
  readonly files: ReadonlyMap<string, Buffer>
  readonly seq: number
  readonly manifestHash: string
}

export interface PackPlace {
  readonly signing: Signing
  readonly dataDir: string
  /** False where the store is open for reading only: the checkpoint of the head is signed and not kept. */
  readonly mayKeep?: boolean
}

const ATTEMPTS = 5

/** Makes a pack. Out: null when there is no such release, or nothing is recorded yet. Throws TooMuch; Error when the record never stands still. */
export async function buildPack(place: PackPlace, scope: PackScope): Promise<PackFiles | null> {
  for (let attempt = 1; ; attempt += 1) {
    const checkpoint = await headCheckpoint(place.signing, 'pack', place.mayKeep ?? true)
    if (!checkpoint) return null
    try {
      const gathered = await gather(place.signing.store, place.dataDir, scope, checkpoint.seq, checkpoint.at)
      return gathered && (await filesOf(place, scope, checkpoint, gathered))
    } catch (error) {
      if (!(error instanceof MovedOn) || attempt === ATTEMPTS) throw error
    }
  }
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
const text = (value: string): Buffer => Buffer.from(value)

async function filesOf({ signing }: PackPlace, scope: PackScope, checkpoint: Checkpoint, gathered: Gathered): Promise<PackFiles> {
  const { store } = signing
  const keys = (await checkpointKeys(store)).map(factsOf)
  const signer = keys.find((key) => key.id === checkpoint.keyId)
  if (!signer) throw new Error('the key of the checkpoint is not known')
  const kept = (await allCheckpoints(store)).filter((one) => one.seq <= checkpoint.seq && one.id !== checkpoint.id)
  const checkpoints = [...kept, checkpoint]
  const stored = gathered.files.map(({ content: _content, ...file }) => file)
  const pack: Pack = {
    scope, asOf: checkpoint.at.toISOString(), head: { seq: checkpoint.seq, hash: checkpoint.hash }, installation: (await firstEntry(store))?.hash ?? '',
    installationName: (await loadInstallation(store))?.state.name ?? 'Gatehouse', shownEntries: gathered.extract.shown.length, key: { id: signer.id, fingerprint: signer.fingerprint },
    checkpoints: checkpoints.length, releases: gathered.releases, checkIns: gathered.checkIns, files: stored,
  }
  const files = new Map<string, Buffer>()
  files.set('README.md', text(readme(pack)))
  files.set('index.html', text(indexPage(pack)))
  for (const release of pack.releases) {
    const { code } = release.view
    files.set(`releases/${code}.json`, json(release))
    files.set(`releases/${code}.md`, text(releaseMarkdown(release)))
    if (scope.kind === 'period') files.set(`releases/${code}.html`, text(releasePage(pack, release)))
  }
  for (const one of pack.checkIns) {
    const name = `check-ins/${(one.closedAt ?? one.startsAt).slice(0, 10)}-${one.id}`
    files.set(`${name}.json`, json(one))
    if (one.minutes) files.set(`${name}.md`, text(one.minutes.markdown))
  }
  files.set('cross-walk.json', json({ note: CROSS_WALK_NOTE, nistAiRmf: NIST_AI_RMF, euAiAct: EU_AI_ACT }))
  files.set('cross-walk.md', text(crossWalkMarkdown()))
  files.set('files.json', json(stored))
  for (const file of gathered.files) if (file.path !== null && file.content !== null) files.set(file.path, Buffer.from(file.content))
  files.set('log/entries.ndjson', gathered.extract.entries)
  files.set('log/words.ndjson', gathered.extract.words)
  files.set('log/checkpoints.json', json({ checkpoints: checkpoints.map(({ statement, signature }) => ({ statement, signature })) }))
  files.set('keys.json', json({ keys }))
  files.set('public-key.pem', text(pemOf(signer.publicKey)))
  files.set('verify.mjs', await readFile(path.join(process.cwd(), 'bin', 'verify-pack.mjs')))
  await sign(signing, pack, files, signer)
  const manifest = files.get('manifest.json') ?? Buffer.alloc(0)
  return { name: packName(scope, pack.asOf), files, seq: checkpoint.seq, manifestHash: createHash('sha256').update(manifest).digest('hex') }
}

function indexPage(pack: Pack): string {
  const [release] = pack.releases
  return pack.scope.kind === 'release' && release ? singlePage(pack, release) : overviewPage(pack)
}

async function sign({ store, ring }: Signing, pack: Pack, files: Map<string, Buffer>, key: { readonly id: string; readonly publicKey: string }): Promise<void> {
  const listed = [...files].map(([name, bytes]) => ({ path: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }))
  const { scope, installation, asOf, head } = pack
  const manifest = json({ form: 'gatehouse-evidence-pack/1', scope, installation, asOf, seq: head.seq, hash: head.hash, files: listed })
  const signature = await signText(store, ring, key.id, manifest)
  files.set('manifest.json', manifest)
  files.set('manifest.sig.json', text(`${JSON.stringify({ form: 'gatehouse-signature/1', key: key.id, over: 'manifest.json', publicKey: key.publicKey, signature })}\n`))
}
