/** What `execute` needs for commands on destinations: the state, the teams, and the test message. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { hastenWrite } from '@/db/outbox-gather'
import { destinationCommand, type DestinationCommand } from '@/lib/domain/destination/commands'
import { decideDestination, type DestinationContext } from '@/lib/domain/destination/decide'
import type { DestinationState } from '@/lib/domain/destination/state'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import type { Message } from '@/lib/domain/message/message'
import { defineContext } from '@/lib/server/context/registration'
import { draftOf } from '@/lib/server/notify/draft'

interface Loaded {
  readonly state: DestinationState | null
  readonly context: DestinationContext
}

export const destinationContext = defineContext<DestinationCommand, Loaded>({
  schema: destinationCommand,
  async load(store, id, _command, actor, now) {
    const [loaded, installation] = await Promise.all([loadAggregate(store, 'destination', id), loadAggregate(store, 'installation', INSTALLATION_ID)])
    const teams = (installation?.state.teams ?? []).filter((team) => team.archivedAt === null).map((team) => team.id)
    const context = { actor, id, now: now.toISOString(), teams }
    return { context: { state: loaded?.state ?? null, context }, versions: [{ kind: 'destination', id, version: loaded?.version ?? 0 }] }
  },
  decide: ({ state, context }, command) => decideDestination(state, command, context),
  beside: (changes, { context }, _command, now) =>
    changes.flatMap((change) => change.events).filter((event) => event.type === 'destination-edited').map(() => hastenWrite(context.id, now)),
  notify: (changes, { context }, actor, now) =>
    changes.flatMap((change) => change.events).filter((event) => event.type === 'test-asked')
      .map(() => draftOf(testMessage(actor.name, now), context.id, 'test', now)),
})

/** The message of *send test message*: the shape of a real one, and nothing that could be mistaken for one. */
function testMessage(actorName: string, now: Date): Message {
  return {
    eventKind: 'test',
    title: 'Test message from Gatehouse',
    sentence: 'If you can read this, notifications arrive here.',
    whatChanged: `${actorName} sent a test from the settings.`,
    whoActsNext: 'Nobody; there is nothing to do.',
    path: '/settings/notifications',
    linkLabel: 'Open the settings',
    teams: [],
    happenedAt: now.toISOString(),
  }
}
