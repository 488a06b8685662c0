/** Reads what the frame around every page shows: who looks, with their teams, and the counts beside the places. */
import 'server-only'
import { countInFlight } from '@/db/release-count'
import type { PersonActor } from '@/lib/domain/actor'
import type { ShellView } from '@/lib/domain/shell'
import { store } from '@/lib/server/store'
import { nextCheckInAt } from '@/lib/server/view/check-ins'
import { loadTeams } from '@/lib/server/view/people'

/** The frame for this person. Teams come in the order of the lanes; those where the person leads decide the role that is shown. */
export async function shellView(actor: PersonActor): Promise<ShellView> {
  const opened = await store()
  const [teams, inFlight, checkIn] = await Promise.all([loadTeams(opened), countInFlight(opened), nextCheckInAt(opened)])
  const own = teams.filter((t) => actor.memberships.some((m) => m.team === t.id))
  const isLead = actor.memberships.some((m) => m.role === 'lead')
  return {
    viewer: {
      name: actor.name,
      isAdmin: actor.isAdmin,
      role: isLead ? 'lead' : own.length > 0 ? 'member' : actor.isAdmin ? 'admin' : 'viewer',
      teams: own.map((t) => ({ id: t.id, name: t.name, shape: t.shape })),
    },
    notes: { '/': inFlight, ...(checkIn === null ? {} : { '/check-ins': { at: checkIn } }) },
  }
}
