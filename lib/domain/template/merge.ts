/** Brings two people's changes of one template together: what only one of them changed is taken, what both changed differently is named. */
import { same } from '@/lib/domain/same'
import type { TemplateContent, GateTemplate, ItemTemplate } from './template'

export interface Merged {
  readonly content: TemplateContent
  /** What both changed, each as "5.6 Staging p95 latency"; there the preferred side was taken. */
  readonly both: readonly string[]
}

/** In: what both began with, the own content, the other one's, and whose counts where both changed the same. */
export function mergeContent(base: TemplateContent, mine: TemplateContent, theirs: TemplateContent, prefer: 'mine' | 'theirs'): Merged {
  const both: string[] = []
  const pick = <T>(name: string, from: T, own: T, other: T): T => {
    if (same(own, other) || same(other, from)) return own
    if (same(own, from)) return other
    both.push(name)
    return prefer === 'mine' ? own : other
  }
  const mergedGates = mergeList(base.gates, mine.gates, theirs.gates, (gate) => `gate ${gate.number} ${gate.name}`, (from, own, other) => {
    const { items: fromItems, ...fromGate } = from
    const { items: ownItems, ...ownGate } = own
    const { items: otherItems, ...otherGate } = other
    const facts: Omit<GateTemplate, 'items'> = pick(`gate ${own.number} ${own.name}`, fromGate, ownGate, otherGate)
    return { ...facts, items: mergeList(fromItems, ownItems, otherItems, nameOf, (a, b, c) => pick(nameOf(b), a, b, c), both, prefer) }
  }, both, prefer)
  return {
    content: {
      name: pick('the name', base.name, mine.name, theirs.name), purpose: pick('the purpose', base.purpose, mine.purpose, theirs.purpose), gates: mergedGates,
      steps: pick('the rollout steps', base.steps, mine.steps, theirs.steps), deferred: pick('the conditions of the go', base.deferred, mine.deferred, theirs.deferred),
    },
    both,
  }
}

const nameOf = (item: ItemTemplate): string => `${item.id} ${item.title}`

/** Lists whose members have ids: the own order, with what the other added behind its neighbour there. */
function mergeList<T extends { readonly id: string }>(
  base: readonly T[], mine: readonly T[], theirs: readonly T[], say: (one: T) => string, merge: (base: T, mine: T, theirs: T) => T, both: string[], prefer: 'mine' | 'theirs',
): readonly T[] {
  const find = (list: readonly T[], id: string) => list.find((one) => one.id === id)
  const kept = mine.flatMap((own): T[] => {
    const [from, other] = [find(base, own.id), find(theirs, own.id)]
    if (other) return [from ? merge(from, own, other) : same(own, other) ? own : (both.push(say(own)), prefer === 'mine' ? own : other)]
    if (!from) return [own]
    // They took it out: it goes, unless it was changed here.
    if (same(from, own)) return []
    both.push(say(own))
    return prefer === 'mine' ? [own] : []
  })
  const added = theirs.filter((other) => {
    if (find(mine, other.id)) return false
    const from = find(base, other.id)
    if (!from) return true
    if (same(from, other)) return false
    both.push(say(other))
    return prefer === 'theirs'
  })
  return added.reduce<readonly T[]>((list, one) => {
    const before = theirs[theirs.indexOf(one) - 1]
    const at = before ? list.findIndex((each) => each.id === before.id) + 1 : 0
    return [...list.slice(0, at), one, ...list.slice(at)]
  }, kept)
}
