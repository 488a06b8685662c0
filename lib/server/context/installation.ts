/** What decisions on the installation rest on: itself, and how many people each team has. */
import 'server-only'
import { loadAggregate, loadAggregates } from '@/db/aggregate'
import { installationCommand } from '@/lib/domain/installation/commands'
import { decideInstallation, type InstallationContext } from '@/lib/domain/installation/decide'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { defineContext } from '@/lib/server/context/registration'

export const installationContext = defineContext({
  schema: installationCommand,
  async load(store, id) {
    const loaded = await loadAggregate(store, 'installation', INSTALLATION_ID)
    const people = await loadAggregates(store, 'person', 'all')
    const memberCounts: Record<string, number> = {}
    for (const { state } of people.values()) {
      if (state.archivedAt !== null) continue
      for (const { team } of state.memberships) memberCounts[team] = (memberCounts[team] ?? 0) + 1
    }
    const context: InstallationContext = { installation: loaded?.state ?? null, memberCounts }
    return { context, versions: [{ kind: 'installation', id, version: loaded?.version ?? 0 }] }
  },
  decide: decideInstallation,
})
