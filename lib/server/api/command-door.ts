/** Hides what the generic route of commands lets in: ids that a kind can have, and no command that rests on what the server keeps beside the record. */
import 'server-only'
import type { AggregateKind, Refusal } from '@/lib/domain/aggregate'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const ONE = new RegExp(`^${UUID}$`)
/** Of a live version: the model and the environment. */
const TWO = new RegExp(`^${UUID}:${UUID}$`)

/** Whether an aggregate of this kind can have the id. Lower case only, as it is compared by its letters. */
export function isIdOf(kind: AggregateKind, id: string): boolean {
  if (kind === 'installation') return id === INSTALLATION_ID
  return (kind === 'live' ? TWO : ONE).test(id)
}

/** Where the server does its part and then sends the command itself. */
const OWN_ADDRESS: Partial<Record<AggregateKind, Readonly<Record<string, string>>>> = {
  destination: {
    'add-destination': 'POST /api/v1/destinations/add', 'change-address': 'POST /api/v1/destinations/{id}/address',
    'rotate-signing': 'POST /api/v1/destinations/{id}/signing', replay: 'POST /api/v1/destinations/{id}/replay',
  },
  person: { register: 'POST /api/v1/people', 'reset-link': 'POST /api/v1/people/{id}/link' },
  token: { create: 'POST /api/v1/tokens' },
  installation: { 'set-status-link': 'POST /api/v1/status-page/link' },
  source: { 'add-source': 'POST /api/v1/sources/add', 'edit-source': 'PUT /api/v1/sources/{id}' },
}

/**
 * Why a command may not come by the generic route; null when it may. Who could name a secret that is kept already would send somebody else's
 * credentials or messages to a place of their own; who could tell of a secret or a replay would put into the log what never happened.
 */
export function notByCommand(kind: AggregateKind, command: Readonly<Record<string, unknown>>): Refusal | null {
  const type = String(command['type'])
  const addresses = OWN_ADDRESS[kind] ?? {}
  const address = Object.hasOwn(addresses, type) ? addresses[type] : undefined
  // A source without credentials rests on nothing that is kept.
  if (address === undefined || (kind === 'source' && typeof command['secretId'] !== 'string')) return null
  return { code: 'invalid', message: `The server has a part in "${type}". Send it as ${address}; its body is in /api/v1/openapi.json.` }
}
