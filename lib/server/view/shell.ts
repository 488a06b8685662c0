/** Reads what the frame around every page shows: who looks, with their teams, and the counts beside the places. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { headSeq } from '@/db/changes'
import { countInFlight } from '@/db/release-count'
import type { PersonActor } from '@/lib/domain/actor'
import type { ShellView } from '@/lib/domain/shell'
import { store } from '@/lib/server/store'
import { nextCheckInNote } from '@/lib/server/view/check-ins'
import { countTroubles } from '@/lib/server/view/mail-trouble'
import { loadTeams } from '@/lib/server/view/people'

/** The frame for this person. Teams come in the order of the lanes; those where the person leads decide the role that is shown. */
export async function shellView(actor: PersonActor): Promise<ShellView> {
  const opened = await store()
  // Read first: what is committed while the page is made is then replayed to it.
  const seq = await headSeq(opened)
  const [teams, inFlight, checkIn, person, troubles] = await Promise.all([loadTeams(opened), countInFlight(opened), nextCheckInNote(opened, new Date()), loadAggregate(opened, 'person', actor.personId), actor.isAdmin ? countTroubles(opened, new Date()) : 0])
  const preferences = person?.state.preferences
  const own = teams.filter((t) => actor.memberships.some((m) => m.team === t.id))
  const isLead = actor.memberships.some((m) => m.role === 'lead')
  return {
    viewer: {
      name: actor.name,
      isAdmin: actor.isAdmin,
      role: isLead ? 'lead' : own.length > 0 ? 'member' : actor.isAdmin ? 'admin' : 'viewer',
      teams: own.map((t) => ({ id: t.id, name: t.name, shape: t.shape })),
      timeZone: preferences?.timeZone ?? null,
      theme: preferences?.theme ?? 'system',
    },
    seq,
    notes: { '/': inFlight, ...(checkIn === null ? {} : { '/check-ins': checkIn }), ...(troubles === 0 ? {} : { '/settings': troubles }) },
  }
}
