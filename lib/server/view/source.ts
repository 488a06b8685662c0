/** Reads metrics sources for screens and the API: where they are, who uses them, how they answer; credentials never. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { SourcesView } from '@/lib/domain/source/view'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { healthDays, sharedLedger } from '@/lib/server/metrics/health'
import { sharedAsker } from '@/lib/server/metrics/start'
import { whyNot } from '@/lib/server/view/people'

/** All sources; archived ones last. The URL is for leads and admins: it tells of the inner network. */
export async function viewSources(store: Store, actor: Actor): Promise<SourcesView> {
  const [sources, environments, days] = await Promise.all([loadAggregates(store, 'source', 'all'), loadAggregates(store, 'environment', 'all'), healthDays(store, sharedLedger(), Date.now())])
  const texts = await revealTexts(store, [...sources.keys()])
  const words = (text: FreeText) => wordsOf(text, (hash) => texts.get(hash))
  const asker = sharedAsker(store)
  const mayTest = whyNot(actor, 'source.test')
  const views = [...sources.values()].map(({ state, version }) => ({
    id: state.id, version, name: words(state.name), url: mayTest === null ? words(state.url) : null, auth: state.auth, headerNames: state.headerNames, tls: state.tls ?? [],
    hasSecret: state.secretId !== null, scrapeIntervalSeconds: state.scrapeIntervalSeconds, isArchived: state.archivedAt !== null,
    environments: [...environments.values()].filter((one) => one.state.sourceId === state.id && one.state.archivedAt === null).map((one) => one.state.slug),
    health: asker.health(state.id), day: days.get(state.id) ?? [],
  }))
  return {
    sources: views.toSorted((a, b) => Number(a.isArchived) - Number(b.isArchived) || a.name.localeCompare(b.name, 'en')),
    allowed: {
      add: whyNot(actor, 'source.register'), edit: whyNot(actor, 'source.change'), archive: whyNot(actor, 'source.archive'), restore: whyNot(actor, 'source.restore'), test: mayTest,
    },
  }
}
