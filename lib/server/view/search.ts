/** Searches everything that people wrote, and says of each hit what it is, whose it is, and where it stands. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import { searchTexts, wordsIn, type TextHit } from '@/db/search'
import type { Store } from '@/db/store'
import { placeInCheckIn, placeInRelease, type Place } from '@/lib/domain/search/place'
import { excerptOf, type HitView, type SearchView } from '@/lib/domain/search/view'
import { wordsOf } from '@/lib/domain/text'

const SHOWN = 30

type Finder = (store: Store, hits: readonly TextHit[]) => Promise<ReadonlyMap<string, Place & { readonly owner: string }>>

const idsOf = (hits: readonly TextHit[]): readonly string[] => [...new Set(hits.map((hit) => hit.ownerId))]

/** Per kind of owner: how its hits are placed. What no kind places is left out, because nobody could be led to it. */
const FINDERS: Readonly<Record<string, Finder>> = {
  async release(store, hits) {
    const releases = await loadAggregates(store, 'release', idsOf(hits))
    return placed(hits, (hit) => {
      const state = releases.get(hit.ownerId)?.state
      return state && { ...placeInRelease(state, hit.seal), owner: `${state.code} ${state.modelName} ${state.candidate.label}` }
    })
  },
  async 'check-in'(store, hits) {
    const [checkIns, words] = await Promise.all([loadAggregates(store, 'check-in', idsOf(hits)), revealTexts(store, idsOf(hits))])
    return placed(hits, (hit) => {
      const state = checkIns.get(hit.ownerId)?.state
      return state && { ...placeInCheckIn(state, hit.seal), owner: `${wordsOf(state.title, (seal) => words.get(seal))}, ${state.startsAt.slice(0, 10)}` }
    })
  },
  async model(store, hits) {
    const models = await loadAggregates(store, 'model', idsOf(hits))
    return placed(hits, (hit) => {
      const state = models.get(hit.ownerId)?.state
      return state && { label: 'Model', href: `/models/${encodeURIComponent(state.slug)}`, owner: state.name }
    })
  },
  async environment(store, hits) {
    const environments = await loadAggregates(store, 'environment', idsOf(hits))
    return placed(hits, (hit) => {
      const state = environments.get(hit.ownerId)?.state
      return state && { label: 'Environment', href: '/environments', owner: state.name }
    })
  },
}

function placed(hits: readonly TextHit[], find: (hit: TextHit) => (Place & { readonly owner: string }) | undefined): ReadonlyMap<string, Place & { readonly owner: string }> {
  return new Map(hits.flatMap((hit) => {
    const place = find(hit)
    return place ? [[hit.seal, place] as const] : []
  }))
}

/** In: whatever was typed. Out: at most thirty hits, best first. */
export async function searchView(store: Store, query: string): Promise<SearchView> {
  const words = wordsIn(query)
  const found = await searchTexts(store, query, SHOWN + 1)
  const hits = found.slice(0, SHOWN)
  const places = new Map<string, Place & { readonly owner: string }>()
  for (const [kind, finder] of Object.entries(FINDERS)) {
    const own = hits.filter((hit) => hit.ownerKind === kind)
    if (own.length > 0) for (const [seal, place] of await finder(store, own)) places.set(seal, place)
  }
  const views = hits.flatMap((hit): readonly HitView[] => {
    const place = places.get(hit.seal)
    return place ? [{ seal: hit.seal, ...place, excerpt: excerptOf(hit.text, words) }] : []
  })
  return { query, hits: views, isCut: found.length > SHOWN }
}
