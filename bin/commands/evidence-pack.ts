/** `gatehouse evidence-pack`: writes the evidence of a release or a period as a zip that verifies offline; may run beside the server, because it only reads. */
import { createWriteStream, existsSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { openStore } from '@/db/store'
import type { PackScope } from '@/lib/domain/evidence-pack/pack'
import { config } from '@/lib/public/config'
import { CommandFault, type Command } from '@/bin/commands/command'
import { buildPack } from '@/lib/server/evidence-pack/build'
import { TooMuch } from '@/lib/server/evidence-pack/gather'
import { installationRing } from '@/lib/server/key-ring'
import { zipOf } from '@/lib/server/evidence-pack/zip'
import { adoptStore } from '@/lib/server/raw-store'

const OPTIONS = { from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' } } as const

export const evidencePack: Command = {
  name: 'evidence-pack',
  usage: 'RELEASE | --from DATE [--to DATE]  [--out FILE]',
  summary: 'Writes the evidence of a release or of a period as a zip that verifies offline (verify.mjs in it).',
  async run(words) {
    const { scope, out } = argumentsOf(words)
    const { databaseUrl, dataDir } = config()
    const store = await openStore(databaseUrl, { readOnly: true })
    adoptStore(store)
    try {
      const pack = await buildPack({ signing: { store, ring: installationRing(), now: new Date() }, dataDir, mayKeep: false }, scope)
      if (!pack) throw new CommandFault(scope.kind === 'release' ? `There is no release ${scope.code}.` : 'Nothing is recorded yet.')
      const file = path.resolve(process.env['GATEHOUSE_CALLED_FROM'] ?? '.', out ?? `${pack.name}.zip`)
      if (existsSync(file)) throw new CommandFault(`${file} exists already; a pack never overwrites.`)
      await pipeline(zipOf(pack.files), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
      console.log(`${file}\nlog up to entry ${pack.seq}, manifest sha256 ${pack.manifestHash}. Verify it with: node bin/verify-pack.mjs ${path.basename(file)}`)
      return 0
    } catch (error) {
      if (error instanceof TooMuch) throw new CommandFault(error.message)
      if (error instanceof Error && /read-?only/i.test(error.message)) throw new CommandFault('This installation has no signing key yet. Start the server once, or run: gatehouse checkpoint')
      throw error
    } finally {
      await store.close()
    }
  },
}

function argumentsOf(words: readonly string[]): { scope: PackScope; out: string | undefined } {
  const { values, positionals } = parse(words)
  const [code, ...rest] = positionals
  if (code !== undefined && rest.length === 0 && values.from === undefined) return { scope: { kind: 'release', code }, out: values.out }
  if (code !== undefined || values.from === undefined) throw new CommandFault('Say which: gatehouse evidence-pack FRAUD-12, or gatehouse evidence-pack --from 2026-07-01 --to 2026-10-01')
  const from = instantOf(values.from)
  const to = values.to === undefined ? new Date() : instantOf(values.to)
  if (from >= to) throw new CommandFault('The period must end after it begins.')
  return { scope: { kind: 'period', from: from.toISOString(), to: to.toISOString() }, out: values.out }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS })
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error))
  }
}

function instantOf(words: string): Date {
  const at = new Date(words)
  if (!/^\d{4}-\d{2}-\d{2}/.test(words) || Number.isNaN(at.getTime())) throw new CommandFault(`${words} is no date such as 2026-07-01.`)
  return at
}
