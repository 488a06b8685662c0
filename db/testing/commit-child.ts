/** A process that commits as fast as it can and says each acknowledged count on its output, so that a test can kill it. */
import { advanceWrite, loadAggregate } from '@/db/aggregate'
import { textRow } from '@/db/seal'
import { openStore } from '@/db/store'

const [url = '', migrations = ''] = process.argv.slice(2)
const store = await openStore(url, { migrate: true, migrations })
for (let seen = (await loadAggregate(store, 'model', 'm'))?.version ?? 0; ; seen += 1) {
  const at = new Date()
  const version = seen + 1
  const name = textRow(`said ${version}`, 'model', 'm', null, 'p')
  const actor = { kind: 'system', id: 'clock', name: { sealed: name.hash }, teams: [], roles: [] } as const
  await store.commit({
    writes: [advanceWrite('model', 'm', seen, { version, state: { n: version }, at })],
    texts: [name],
    entries: [{ kind: 'model', aggregateId: 'm', aggregateVersion: version, at, actor, event: { type: 'made', v: 1 } }],
    outbox: [{ id: `d${version}`, dedupeKey: `d${version}`, topic: 't', orderingKey: 'm', destinationId: null, payload: {}, nextAt: at }],
    idempotency: { actorId: 'clock', key: String(version), answer: version, at },
  })
  process.stdout.write(`${version}\n`)
}
