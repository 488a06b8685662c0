// Checks an evidence pack of Gatehouse without network, packages or Gatehouse: `node verify.mjs [FOLDER or ZIP] [--key FINGERPRINT] [--checkpoint FILE]… [--json]`.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Every verdict with its exit code, the gravest first; of several findings the first in this order is the verdict. */
export const VERDICTS = {
  unreadable: 3, 'altered-entry': 10, 'missing-middle': 11, rewritten: 13, truncated: 12, 'bad-signature': 15, 'altered-words': 18,
  'altered-file': 17, 'unknown-key': 16, 'beyond-last-checkpoint': 14, sound: 0,
}
const HEX = /^[0-9a-f]{64}$/
const SAFE_PATH = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/
// What file managers leave in a folder that somebody looked at; it is no part of a pack and proves nothing.
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])
const isLitter = (name, bytes) => LITTER.has(name) || (name.startsWith('._') && bytes.length >= 4 && bytes.readUInt32BE(0) === 0x00051607)
const MOST_BYTES = 2 ** 31 - 1
const MOST_LINE = 64 * 2 ** 20

const sha256 = (data) => createHash('sha256').update(data).digest('hex')
const linkOf = (seq, previous, digest) => sha256(`gatehouse-log/2\n${seq}\n${previous}\n${digest}`)
const firstLinkOf = (seq, previous, body) => sha256(`gatehouse-log/1\n${seq}\n${previous}\n${body}`)
const GENESIS = sha256('gatehouse-log/1')
// Names and texts come from the pack: nothing in them may move the cursor or colour a terminal.
const plain = (text) => String(text).replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

class Unreadable extends Error {}

function jsonOf(files, name) {
  const bytes = files.get(name)
  const deeper = [...files.keys()].find((one) => one.endsWith(`/${name}`))
  if (!bytes) throw new Unreadable(`${name} is missing.${deeper ? ` There is one in ${plain(path.posix.dirname(deeper))}: verify that folder.` : ''}`)
  let value
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Unreadable(`${name} is not JSON.`)
  }
  if (!isObject(value)) throw new Unreadable(`${name} does not hold an object.`)
  return value
}

// --- Where the bytes come from -------------------------------------------------------------------------------------------------------------

function filesOfFolder(root) {
  const files = new Map()
  const walk = (folder) => {
    for (const name of readdirSync(folder).sort()) {
      const full = path.join(folder, name)
      const stat = lstatSync(full)
      const place = path.relative(root, full).split(path.sep).join('/')
      if (stat.isDirectory()) walk(full)
      else if (!stat.isFile()) throw new Unreadable(`${plain(place)} is neither a file nor a folder.`)
      else if (stat.size > MOST_BYTES) throw new Unreadable(`${plain(place)} is larger than 2 GB.`)
      else { const bytes = readFileSync(full); if (!isLitter(name, bytes)) files.set(place, bytes) }
    }
  }
  walk(root)
  return files
}

/** The files of a zip. Reads only what Gatehouse writes: stored, in one piece, every header as expected. So no byte of the zip can change unseen. */
export function filesOfZip(zip) {
  const files = new Map()
  const strange = () => { throw new Unreadable('The zip is not as Gatehouse writes it: it was changed, or packed again. Unpack it and verify the folder.') }
  const end = zip.length - 22
  if (end < 0 || zip.readUInt32LE(end) !== 0x06054b50 || zip.readUInt32LE(end + 4) !== 0 || zip.readUInt16LE(end + 20) !== 0) strange()
  const count = zip.readUInt16LE(end + 8)
  const start = zip.readUInt32LE(end + 16)
  if (zip.readUInt16LE(end + 10) !== count || zip.readUInt32LE(end + 12) !== end - start) strange()
  let at = start
  let local = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || local + 30 > start || zip.readUInt32LE(at) !== 0x02014b50 || zip.readUInt32LE(local) !== 0x04034b50) strange()
    const size = zip.readUInt32LE(at + 24)
    const nameLength = zip.readUInt16LE(at + 28)
    const body = local + 30 + nameLength
    if (at + 46 + nameLength > end || body + size > start) strange()
    const name = zip.toString('latin1', at + 46, at + 46 + nameLength)
    const head = { madeBy: zip.readUInt16LE(at + 4), extras: zip.readUInt32LE(at + 30), disk: zip.readUInt16LE(at + 34), inside: zip.readUInt16LE(at + 36), mode: zip.readUInt32LE(at + 38), offset: zip.readUInt32LE(at + 42) }
    if (head.madeBy !== 0x033f || head.extras !== 0 || head.disk !== 0 || head.inside !== 0 || head.mode !== 0x81a40000 || head.offset !== local) strange()
    // Version, flags, method, date, check sum, sizes and name length stand twice and are the same.
    if (!zip.subarray(at + 6, at + 30).equals(zip.subarray(local + 4, local + 28)) || zip.readUInt16LE(local + 28) !== 0) strange()
    const stored = [zip.readUInt16LE(at + 6), zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 12), zip.readUInt32LE(at + 20)]
    if (stored.join() !== [20, 0x0800, 0, 0x00210000, size].join() || zip.toString('latin1', local + 30, body) !== name || files.has(name)) strange()
    const bytes = zip.subarray(body, body + size)
    if (zip.readUInt32LE(at + 16) !== crc32(bytes)) throw new Unreadable(`${plain(name)} does not have the check sum that the zip says: it was changed.`)
    files.set(name, bytes)
    local = body + size
    at += 46 + nameLength
  }
  if (at !== end || local !== start) strange()
  return files
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => { for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0 })

function crc32(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function* linesOf(bytes) {
  for (let from = 0, number = 1; from < bytes.length; number += 1) {
    const to = bytes.indexOf(10, from)
    const end = to === -1 ? bytes.length : to
    if (end - from > MOST_LINE) throw new Unreadable(`Line ${number} is longer than 64 MB.`)
    yield { number, text: bytes.toString('utf8', from, end) }
    from = end + 1
  }
}

// --- Keys and signatures -------------------------------------------------------------------------------------------------------------------

/** A public key by its base64 SPKI: its id, its fingerprint, and whether it signed a text. Null when it is none. */
function keyOf(publicKey) {
  if (typeof publicKey !== 'string') return null
  const der = Buffer.from(publicKey, 'base64')
  if (der.toString('base64') !== publicKey) return null
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ed25519') return null
    const fingerprint = sha256(der)
    const signed = (text, signature) => /^[0-9a-f]{128}$/.test(signature) && verifySignature(null, Buffer.from(text), key, Buffer.from(signature, 'hex'))
    return { id: fingerprint.slice(0, 16), fingerprint, publicKey, signed }
  } catch {
    return null
  }
}

function statementOf(text) {
  try {
    const { at, form, hash, installation, key, seq } = JSON.parse(text)
    const isWhole = form === 'gatehouse-checkpoint/1' && HEX.test(hash) && HEX.test(installation) && Number.isSafeInteger(seq) && seq > 0 && typeof key === 'string' && typeof at === 'string'
    return isWhole ? { at, hash, installation, key, seq } : null
  } catch {
    return null
  }
}

// --- The parts of the check; each says what it finds ---------------------------------------------------------------------------------------

/** What git, mail or an editor may have done: its line ends are those of Windows. Still no longer the bytes that were signed, but nobody's words. */
const windowsEnds = (bytes, isRight) => (bytes.length < 2 ** 28 && bytes.includes('\r\n') && isRight(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')) ? ' Only its line ends differ (CRLF for LF), as git, mail or an editor leave them.' : '')

function checkFiles(files, manifest, find) {
  const listed = new Set(['manifest.json', 'manifest.sig.json'])
  for (const entry of Array.isArray(manifest.files) ? manifest.files : []) {
    if (!isObject(entry) || typeof entry.path !== 'string' || !SAFE_PATH.test(entry.path) || listed.has(entry.path)) {
      find('altered-file', 'manifest.json lists a file by a name that no pack has.', { file: 'manifest.json' })
      continue
    }
    listed.add(entry.path)
    const bytes = files.get(entry.path)
    if (!bytes) find('altered-file', `${entry.path} is missing.`, { file: entry.path })
    else if (bytes.length !== entry.bytes || sha256(bytes) !== entry.sha256) find('altered-file', `${entry.path} is not the file that the manifest lists.${windowsEnds(bytes, (own) => sha256(own) === entry.sha256)}`, { file: entry.path })
  }
  for (const name of files.keys()) if (!listed.has(name)) find('altered-file', `${plain(name)} is not in the manifest.`, { file: plain(name) })
}

/** Walks the chain from its first entry. Out: the hash at each place, the shown seals; the first fault ends it. */
function checkChain(files, find) {
  const hashes = [GENESIS]
  const seals = new Set()
  const bytes = files.get('log/entries.ndjson')
  const fault = (verdict, message, seq) => { find(verdict, message, { file: 'log/entries.ndjson', seq }); return { hashes, seals, isWhole: false } }
  if (!bytes) return fault('altered-file', 'log/entries.ndjson is missing.')
  let shown = 0
  for (const { number, text } of linesOf(bytes)) {
    const seq = hashes.length
    let line
    try { line = JSON.parse(text) } catch { line = null }
    const isBody = isObject(line) && typeof line.body === 'string'
    if (!isObject(line) || !HEX.test(line.hash) || !Number.isSafeInteger(line.seq) || (!isBody && !HEX.test(line.digest))) return fault('altered-entry', `Entry ${seq} (line ${number}) cannot be read.`, seq)
    const previous = hashes[seq - 1]
    const digest = isBody ? sha256(line.body) : line.digest
    const follows = linkOf(seq, previous, digest) === line.hash || (isBody && firstLinkOf(seq, previous, line.body) === line.hash)
    if (line.seq > seq && !follows) return fault('missing-middle', `Entries ${seq} to ${line.seq - 1} are missing from the middle.`, seq)
    if (line.seq !== seq || !follows) return fault('altered-entry', `Entry ${seq} is not what was written: its hash does not follow from its content and its predecessor.`, seq)
    hashes.push(line.hash)
    if (!isBody) continue
    shown += 1
    for (const [, seal] of line.body.matchAll(/"sealed":"([0-9a-f]{64})"/g)) seals.add(seal)
  }
  return { hashes, seals, shown, isWhole: true }
}

/** Holds the whole chain against everything that was signed about it. Out: the last place that a checkpoint covers. */
function checkCheckpoints(chain, checkpoints, manifest, find) {
  const { hashes } = chain
  const last = hashes.length - 1
  const signed = [...checkpoints, ...(manifest.isSigned ? [{ seq: manifest.seq, hash: manifest.hash, name: 'The signed manifest', at: manifest.asOf }] : [])]
  const contradicted = signed.filter(({ seq, hash }) => seq <= last && hashes[seq] !== hash).sort((a, b) => a.seq - b.seq)[0]
  if (contradicted) find('rewritten', `The chain is whole in itself, but it is not the one that was signed: ${contradicted.name} has another hash for entry ${contradicted.seq}.`, { seq: contradicted.seq, file: 'log/entries.ndjson' })
  const beyond = signed.filter(({ seq, isLater }) => seq > last && !isLater).sort((a, b) => b.seq - a.seq)[0]
  if (beyond) find('truncated', `The log ends with entry ${last}, but ${beyond.name} knows of entry ${beyond.seq}.`, { seq: last, file: 'log/entries.ndjson' })
  return Math.max(0, ...checkpoints.filter(({ seq, hash }) => seq <= last && hashes[seq] === hash).map(({ seq }) => seq))
}

function checkWords(files, seals, find) {
  const bytes = files.get('log/words.ndjson')
  if (!bytes) return { shown: 0, erased: 0 }
  const known = new Set()
  let erased = 0
  for (const { number, text } of linesOf(bytes)) {
    let line
    try { line = JSON.parse(text) } catch { line = null }
    const isWord = isObject(line) && HEX.test(line.seal) && typeof line.salt === 'string' && typeof line.text === 'string'
    const isErased = isObject(line) && HEX.test(line.seal) && typeof line.erased === 'string' && !('text' in line)
    const isRight = isErased || (isWord && createHash('sha256').update(Buffer.from(line.salt, 'hex')).update(line.text, 'utf8').digest('hex') === line.seal)
    if (!isRight) find('altered-words', `The words in line ${number} of log/words.ndjson are not those that were sealed.`, { file: 'log/words.ndjson' })
    else known.add(line.seal)
    if (isErased) erased += 1
  }
  for (const seal of seals) if (!known.has(seal)) { find('altered-words', `The words behind the seal ${seal} are missing from log/words.ndjson.`, { file: 'log/words.ndjson' }); break }
  return { shown: known.size - erased, erased }
}

/** What the pages say happened must be entries of the chain: who seals a pack cannot tell another story beside the log. */
function checkReleases(files, hashes, find) {
  for (const name of files.keys()) {
    if (!/^releases\/[^/]+\.json$/.test(name)) continue
    const { timeline } = jsonOf(files, name)
    const strange = Array.isArray(timeline) ? timeline.find((entry) => !isObject(entry) || hashes[entry.seq] !== entry.hash || !HEX.test(entry.hash)) : { seq: '?' }
    if (strange) find('altered-file', `${name} tells of entry ${plain(strange?.seq)}, which is not that entry of the log.`, { file: name })
  }
}

/** Which keys count. In: who signed the manifest, the keys of the pack, the fingerprint that the caller trusts, if any. */
function trustedKeys(signer, keys, installation, wanted) {
  if (!signer || wanted === null) return new Set(keys.keys())
  const trusted = new Set([...keys.values(), signer].filter(({ fingerprint, id }) => fingerprint === wanted || id === wanted).map(({ id }) => id))
  // A key that a trusted one has endorsed is trusted too: so a key can be replaced.
  for (let grew = true; grew;) {
    grew = false
    for (const { id, publicKey, createdAt, endorsement } of keys.values()) {
      if (trusted.has(id) || !isObject(endorsement) || !trusted.has(endorsement.by)) continue
      const text = JSON.stringify({ at: createdAt, form: 'gatehouse-key/1', installation, key: id, publicKey })
      if (keys.get(endorsement.by)?.signed(text, endorsement.signature)) { trusted.add(id); grew = true }
    }
  }
  // Who signs a pack vouches for the older keys that it lists.
  return trusted.has(signer.id) ? new Set(keys.keys()) : trusted
}

function keysOf(files, find) {
  const keys = new Map()
  const listed = files.has('keys.json') ? jsonOf(files, 'keys.json').keys : null
  for (const entry of Array.isArray(listed) ? listed : []) {
    const key = isObject(entry) ? keyOf(entry.publicKey) : null
    if (!key || key.id !== entry.id) find('bad-signature', 'keys.json holds a key that is none, or under an id that is not its own.', { file: 'keys.json' })
    else keys.set(key.id, { ...key, createdAt: entry.createdAt, endorsement: entry.endorsement })
  }
  return keys
}

function checkpointsOf(files, keys, trusted, outside, asOf, find) {
  const good = []
  const take = (entry, key, name, file, isOutside) => {
    const statement = isObject(entry) && typeof entry.statement === 'string' ? statementOf(entry.statement) : null
    if (!statement || !key || statement.key !== key.id || !key.signed(entry.statement, entry.signature)) return find('bad-signature', `${name} in ${file} is not signed by the key that it names.`, { file })
    if (!isOutside && !trusted.has(key.id)) return find('unknown-key', `${name} in ${file} is signed by a key that you do not trust.`, { file })
    return good.push({ ...statement, name: `${name} (${file}, entry ${statement.seq}, ${plain(statement.at)})`, isLater: isOutside && statement.at > asOf })
  }
  const listed = files.has('log/checkpoints.json') ? jsonOf(files, 'log/checkpoints.json').checkpoints : null
  for (const [index, entry] of (Array.isArray(listed) ? listed : []).entries()) take(entry, keys.get(statementOf(entry?.statement)?.key), `Checkpoint ${index + 1}`, 'log/checkpoints.json', false)
  for (const { file, entry } of outside) take(entry, isObject(entry) ? keyOf(entry.publicKey) : null, 'The checkpoint that you gave', plain(file), true)
  return good
}

/**
 * Verifies a pack. In: its files by path, a trusted key's fingerprint or id (null: none), checkpoints from outside as `{ file, entry }`.
 * Out: the verdict, its exit code, every finding, and in plain words what it rests on. Never throws.
 * @param {ReadonlyMap<string, Buffer>} files
 * @param {string | null} wanted
 * @param {readonly { file: string, entry: unknown }[]} outside
 */
export function verifyPack(files, wanted = null, outside = []) {
  const findings = []
  const find = (verdict, message, where = {}) => { if (findings.length < 1000) findings.push({ verdict, message, ...where }) }
  const notes = []
  try {
    const manifest = jsonOf(files, 'manifest.json')
    const signature = jsonOf(files, 'manifest.sig.json')
    if (manifest.form !== 'gatehouse-evidence-pack/1' || !HEX.test(manifest.hash) || !Number.isSafeInteger(manifest.seq)) throw new Unreadable('manifest.json is not the manifest of an evidence pack.')
    const signer = keyOf(signature.publicKey)
    const form = `${JSON.stringify({ form: 'gatehouse-signature/1', key: signer?.id, over: 'manifest.json', publicKey: signature.publicKey, signature: signature.signature })}\n`
    const isSigned = signer !== null && files.get('manifest.sig.json').toString('utf8') === form && signer.signed(files.get('manifest.json'), signature.signature)
    if (!isSigned) find('bad-signature', `manifest.json does not match its signature in manifest.sig.json: one of them was changed.${windowsEnds(files.get('manifest.json'), (own) => signer?.signed(own, signature.signature))}`, { file: 'manifest.json' })
    checkFiles(files, manifest, find)
    const keys = keysOf(files, find)
    const trusted = trustedKeys(signer, keys, manifest.installation, wanted)
    const isKnown = signer !== null && (wanted === null || trusted.has(signer.id))
    if (signer && !isKnown) find('unknown-key', `The pack is signed by ${signer.fingerprint}, which is not the key that you trust and was not endorsed by it.`)
    const chain = checkChain(files, find)
    const checkpoints = checkpointsOf(files, keys, trusted, outside, String(manifest.asOf), find)
    const last = chain.hashes.length - 1
    const covered = chain.isWhole ? checkCheckpoints(chain, checkpoints, { ...manifest, isSigned: isSigned && isKnown }, find) : 0
    if (chain.isWhole) checkReleases(files, chain.hashes, find)
    const words = checkWords(files, chain.isWhole ? chain.seals : new Set(), find)
    if (chain.isWhole && findings.length === 0 && covered < last) find('beyond-last-checkpoint', covered === 0 ? `No checkpoint covers the log; its ${last} entries are whole in themselves, but nothing outside of them says so.` : `Sound up to entry ${covered}; entries ${covered + 1} to ${last} lie beyond the last signed checkpoint.`, { seq: covered })
    if (chain.isWhole) notes.push(`${last} entries in one chain, ${chain.shown} of them shown, the others by their digest. Texts: ${words.shown} shown, ${words.erased} erased on request. ${checkpoints.length} signed checkpoints.`)
    if (signer) notes.push(wanted === null
      ? `You named no key, so this rests on the key in the pack itself, ${signer.fingerprint}. Compare it with the fingerprint that the installation has published, and run again with --key.`
      : `You trust ${plain(wanted)}${isKnown ? ', and it stands behind this pack.' : '.'}`)
    for (const one of checkpoints) if (one.isLater) notes.push(`${one.name} is later than this pack and says nothing about it.`)
  } catch (error) {
    find('unreadable', error instanceof Unreadable ? error.message : 'The pack cannot be read.')
  }
  const verdict = Object.keys(VERDICTS).find((one) => findings.some((found) => found.verdict === one)) ?? 'sound'
  return { verdict, code: VERDICTS[verdict], findings: findings.filter((one) => one.verdict === verdict).concat(findings.filter((one) => one.verdict !== verdict)), notes }
}

/** Reads a folder or a zip. Throws a sentence when it is neither. */
export function readPack(target) {
  if (!existsSync(target)) throw new Unreadable(`${plain(target)} does not exist.`)
  const stat = lstatSync(realpathSync(target))
  if (stat.isDirectory()) return filesOfFolder(realpathSync(target))
  if (!stat.isFile() || stat.size > MOST_BYTES) throw new Unreadable('This is neither a folder nor a zip of at most 2 GB.')
  return filesOfZip(readFileSync(target))
}

function main(words) {
  const outside = []
  let [target, wanted, isJson] = [null, null, false]
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]
    if (word === '--json') isJson = true
    else if (word === '--key' && words[index + 1]) wanted = words[index += 1].toLowerCase().replaceAll(/[:\s]/g, '')
    else if (word === '--checkpoint' && words[index + 1]) outside.push(words[index += 1])
    // Two packs in one call would leave one of them unverified.
    else if (word.startsWith('-') || target !== null) { console.error('Usage: node verify.mjs [FOLDER or ZIP] [--key FINGERPRINT] [--checkpoint FILE]… [--json]'); return 2 }
    else target = word
  }
  let result
  try {
    const files = readPack(target ?? path.dirname(fileURLToPath(import.meta.url)))
    const read = (file) => { try { return readFileSync(file) } catch { throw new Unreadable(`${plain(file)}, which you gave as a checkpoint, cannot be read.`) } }
    result = verifyPack(files, wanted, outside.map((file) => ({ file: path.basename(file), entry: jsonOf(new Map([[file, read(file)]]), file) })))
  } catch (error) {
    result = { verdict: 'unreadable', code: VERDICTS.unreadable, findings: [{ verdict: 'unreadable', message: error instanceof Unreadable ? error.message : 'It cannot be read.' }], notes: [] }
  }
  if (isJson) console.log(JSON.stringify(result, null, 2))
  else console.log([`Verdict: ${result.verdict} (exit code ${result.code})`, ...result.findings.slice(0, 20).map((one) => `  ${one.message}`), ...result.notes].join('\n'))
  return result.code
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2))
