/** `gatehouse backup`: one folder with everything that a restore needs, made while the server runs, and kept only when the copy verifies. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { backup as copyDatabase } from '@/db/backup'
import { openStore } from '@/db/store'
import { CommandFault, type Command } from '@/bin/commands/command'
import { config } from '@/lib/public/config'

export const backup: Command = {
  name: 'backup',
  usage: '[FOLDER]',
  summary: 'Copies database, stored files and secret into a new folder (DATA_DIR/backups/… unless named) and verifies the copy.',
  async run([target]) {
    const { databaseUrl, dataDir } = config()
    if (!databaseUrl.startsWith('file:')) throw new CommandFault('This backs up the embedded database. For Postgres use pg_dump, and copy DATA_DIR beside it.')
    const stamp = new Date().toISOString().replace(/[:.]/g, '-')
    const folder = target === undefined ? path.join(dataDir, 'backups', stamp) : path.resolve(process.env['GATEHOUSE_CALLED_FROM'] ?? '.', target)
    if (existsSync(folder)) throw new CommandFault(`${folder} exists already; a backup never overwrites.`)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const store = await openStore(databaseUrl, { readOnly: true })
    try {
      const report = await copyDatabase(store, path.join(folder, 'gatehouse.db'))
      // Without the secret the encrypted settings of the copy cannot be read. Stored files are named by their hash and never change.
      for (const part of ['secret', 'files']) {
        if (existsSync(path.join(dataDir, part))) cpSync(path.join(dataDir, part), path.join(folder, part), { recursive: true })
      }
      writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify({ ...report, path: 'gatehouse.db', madeAt: new Date().toISOString() }, null, 2)}\n`)
      console.log(`${folder}: ${report.bytes} bytes, log up to entry ${report.seq}, sha256 ${report.sha256}.`)
      return 0
    } finally {
      await store.close()
    }
  },
}
