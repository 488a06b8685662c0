/** What a checkpoint says, and how a key hands on to the next: texts that are signed byte for byte, so their members stand in one order (RFC 8785). */

export const CHECKPOINT_REASONS = ['go', 'daily', 'asked', 'pack', 'key'] as const
/** Why a checkpoint was made: at a go, once a day, by hand, for an evidence pack, when the key changed. */
export type CheckpointReason = (typeof CHECKPOINT_REASONS)[number]

export interface Statement {
  /** When it was signed (ISO). */
  readonly at: string
  /** The hash of entry `seq`, and by the chain of everything before it. */
  readonly hash: string
  /** The hash of the log's first entry: every log has its own. */
  readonly installation: string
  /** The id of the key: the first 16 digits of its fingerprint. */
  readonly key: string
  readonly seq: number
}

/** The canonical text of a statement; this is what is signed. */
export function statementText({ at, hash, installation, key, seq }: Statement): string {
  return JSON.stringify({ at, form: 'gatehouse-checkpoint/1', hash, installation, key, seq })
}

/** What an older key signs to hand on to a newer one. `publicKey` is base64 of its SPKI form. */
export function endorsementText({ at, installation, key, publicKey }: { readonly at: string; readonly installation: string; readonly key: string; readonly publicKey: string }): string {
  return JSON.stringify({ at, form: 'gatehouse-key/1', installation, key, publicKey })
}

/** The line that a message carries, so that a channel's history holds the record to what it was. */
export function checkpointLine({ seq, hash, key }: Pick<Statement, 'seq' | 'hash' | 'key'>): string {
  return `Record checkpoint: entry ${seq}, ${hash}, signed by key ${key}.`
}

/** A fingerprint in groups of four, for reading aloud. */
export function groupedFingerprint(fingerprint: string): string {
  return fingerprint.match(/.{1,4}/g)?.join(' ') ?? ''
}
