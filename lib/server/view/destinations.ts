/** Reads destinations and their deliveries for the settings and the API: names revealed, addresses never, buttons with their reasons. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { allDestinations } from '@/db/destination'
import { attemptsOf, listDeliveries, type Delivery } from '@/db/outbox'
import { countDeliveries } from '@/db/outbox-lease'
import { failingPlaces } from '@/db/outbox-trouble'
import type { Store } from '@/db/store'
import type { DeliveryState } from '@/db/tables/operations'
import type { Actor } from '@/lib/domain/actor'
import type { DestinationKind } from '@/lib/domain/destination/kind'
import { hoursOf, type DestinationState } from '@/lib/domain/destination/state'
import type { DeliveryView, DestinationsView, DestinationView } from '@/lib/domain/destination/view'
import type { Team } from '@/lib/domain/installation/state'
import { EVENT_KIND_TEXT, EVENT_KINDS } from '@/lib/domain/message/event-kind'
import { linkOf, messageSchema } from '@/lib/domain/message/message'
import { render } from '@/lib/domain/message/render'
import { hoursWords } from '@/lib/domain/notice/hours-words'
import { routingWords } from '@/lib/domain/notice/routing'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { wordsOf } from '@/lib/domain/text'
import { env } from '@/lib/server/env'
import { isMailOn } from '@/lib/server/notify/mail'
import { failingViewOf, viewPeopleMail } from '@/lib/server/view/mail-trouble'
import { loadTeams } from '@/lib/server/view/people'

/** All destinations. Shown to every signed-in person, because everybody may know where the team hears of things. */
export async function viewDestinations(store: Store, actor: Actor): Promise<DestinationsView> {
  const [found, teams, models, environments] = await Promise.all([allDestinations(store), loadTeams(store), loadAggregates(store, 'model', 'all'), loadAggregates(store, 'environment', 'all')])
  const modelNames = named(models)
  const environmentNames = named(environments)
  const ids = found.map(({ state }) => state.id)
  const [words, counts, failing, people] = await Promise.all([revealTexts(store, ids), countDeliveries(store, ids), failingPlaces(store), may(actor, 'person.read-mail') === true ? viewPeopleMail(store, new Date()) : null])
  const why = (action: ActionName, team: string | null = null): string | null => {
    const allowed = may(actor, action, { teams: team === null ? [] : [team] })
    return allowed === true ? null : allowed.message
  }
  const destinations = found.map(({ state, version }): DestinationView => {
    const count = counts.get(state.id) ?? {}
    return {
      id: state.id, version, kind: state.kind, name: wordsOf(state.name, (hash) => words.get(hash)), team: state.team, eventKinds: state.eventKinds,
      routing: state.routing ?? null, hours: state.hours ?? null, rule: ruleOf(state, teams, modelNames, environmentNames), hoursText: hoursTextOf(state, teams),
      hint: state.hint, addedAt: state.addedAt, signedSince: state.signedSince,
      disabled: state.disabled && { reason: state.disabled.reason, at: state.disabled.at, answer: state.disabled.answer },
      counts: { waiting: (count.pending ?? 0) + (count.leased ?? 0), delivered: count.delivered ?? 0, dead: (count.dead ?? 0) + (count.held ?? 0) },
      failing: failingViewOf(failing.get(state.id)),
      refusals: {
        change: why('destination.change', state.team), archive: why('destination.archive', state.team),
        test: why('destination.test', state.team), replay: why('destination.replay', state.team),
      },
    }
  })
  return {
    destinations: destinations.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    teams: teams.map(({ id, name, workingHours }) => ({ id, name, hoursText: hoursWords(workingHours) })),
    models: modelNames,
    environments: environmentNames,
    mailRefusal: isMailOn() ? null : 'E-mail needs SMTP_URL and MAIL_FROM, which the operator sets.',
    addRefusal: why('destination.create'),
    people,
  }
}

type Named = readonly { readonly id: string; readonly name: string }[]

function named(loaded: ReadonlyMap<string, { readonly state: { readonly name: string } }>): Named {
  return [...loaded].map(([id, { state }]) => ({ id, name: state.name })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

const nameIn = (all: Named) => (id: string): string => all.find((one) => one.id === id)?.name ?? 'something that is gone'

function ruleOf({ eventKinds, team, routing }: DestinationState, teams: readonly Team[], models: Named, environments: Named): string {
  const labels = EVENT_KINDS.filter((kind) => eventKinds.includes(kind)).map((kind) => EVENT_KIND_TEXT[kind].label)
  return routingWords({ labels, of: EVENT_KINDS.length }, team, routing, { team: nameIn(teams), model: nameIn(models), environment: nameIn(environments) })
}

function hoursTextOf({ hours }: DestinationState, teams: readonly Team[]): string | null {
  const open = hoursOf(hours, teams)
  return open === null ? null : hoursWords(open)
}

const STATES: Readonly<Record<DeliveryState, DeliveryView['state']>> = { pending: 'waiting', leased: 'waiting', delivered: 'delivered', dead: 'dead', held: 'dead' }

/**
 * The newest deliveries of a destination, with every attempt. In: at most `limit` (50), older than `beforeId`.
 * Out: null when the destination is unknown, or the actor may not look: messages hold words of releases, which viewers may read,
 * but a token without the scope `read` may not.
 */
export async function viewDeliveries(store: Store, actor: Actor, destinationId: string, page: { beforeId?: string; limit?: number } = {}): Promise<readonly DeliveryView[] | null> {
  if (actor.kind === 'token' && !actor.scopes.includes('read')) return null
  const destination = await loadAggregate(store, 'destination', destinationId)
  if (!destination) return null
  const deliveries = await listDeliveries(store, { destinationId, limit: Math.min(page.limit ?? 50, 100), ...(page.beforeId ? { beforeId: page.beforeId } : {}) })
  return Promise.all(deliveries.map((delivery) => viewOf(store, destination.state.kind, delivery)))
}

async function viewOf(store: Store, kind: DestinationKind, delivery: Delivery): Promise<DeliveryView> {
  const attempts = await attemptsOf(store, delivery.id)
  const message = messageSchema.safeParse(delivery.payload)
  return {
    id: delivery.id,
    destinationId: delivery.destinationId ?? '',
    eventKind: message.success ? message.data.eventKind : 'test',
    title: message.success ? message.data.title : 'A message that can no longer be read',
    state: STATES[delivery.state],
    attempts: attempts.map(({ at, status, durationMs, excerpt }) => ({ at: at.toISOString(), status, durationMs, excerpt })),
    createdAt: delivery.createdAt.toISOString(),
    deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
    nextAt: delivery.state === 'pending' ? delivery.nextAt.toISOString() : null,
    lastError: delivery.lastError,
    payload: message.success
      ? render(kind, message.data, { deliveryId: delivery.id, mayBeRepeat: false, link: linkOf(env().publicUrl, message.data.path) })
      : null,
  }
}
