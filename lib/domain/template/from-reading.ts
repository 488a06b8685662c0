/** Makes a template of what was read from a checklist: numbers and ids are given, what a release cannot do without is added, and everything that was done is said. */
import { same } from '@/lib/domain/same'
import { DECISION, DEFAULT_STEPS, FULL_ROLLOUT } from './default-rollout'
import type { GateReading, ImportNote, ItemReading, Leftover, Reading } from './reading'
import type { KnownTeam } from './owners'
import type { TemplateContent, GatePhase, GateTemplate, ItemTemplate } from './template'
import { label } from './written'

/** As many as a template can hold, with room for a decision and a final gate. */
const MOST_GATES = 28
const MOST_ITEMS = 60

export interface Built {
  readonly content: TemplateContent
  readonly notes: readonly ImportNote[]
  readonly leftovers: readonly Leftover[]
}

/** What an export kept, and how its own text reads: the difference to the file is what a person changed. */
export interface Base {
  readonly content: TemplateContent
  readonly reading: Reading
}

/** In: what was read, what an export kept with it (else null), the teams that there are, a name where the file has none. */
export function buildTemplate(reading: Reading, base: Base | null, teams: readonly KnownTeam[], fallbackName: string): Built {
  const builder = new Builder(reading, base, teams)
  return builder.build(fallbackName)
}

const DECIDES = /\bgo\s*\/?\s*(?:or\s+)?no[\s-]?go\b|^(?:the\s+)?(?:launch|release|final)?\s*decision$|\bgo[\s-]?live decision\b/iu
const FINAL = /\bfull (?:rollout|roll-out|traffic|release)\b|\bto stable\b|\bgeneral availability\b|\b100\s?%/iu
const ROLLS = /\bcanary\b|\broll-?\s?out\b|\bstaged\b|\bramp\b|\bshadow\b/iu
const FOLLOWS = /\bfollow[\s-]?up\b|\bpost[\s-]?(?:launch|release|deploy\w*)\b|\bafter (?:the )?(?:launch|release)\b|\bretrospective\b/iu

class Builder {
  private readonly notes: ImportNote[]
  private readonly leftovers: Leftover[]
  private readonly numbers = new Set<number>()
  private readonly ids = new Set<string>()
  private readonly firstTeam: string

  constructor(private readonly reading: Reading, private readonly base: Base | null, teams: readonly KnownTeam[]) {
    this.notes = [...reading.notes]
    this.leftovers = [...reading.leftovers]
    this.firstTeam = teams[0]?.id ?? 'product'
    this.teamIds = teams.map((team) => team.id)
  }

  private readonly teamIds: readonly string[]

  build(fallbackName: string): Built {
    const { reading, base } = this
    const read = reading.gates.slice(0, MOST_GATES)
    for (const gate of reading.gates.slice(MOST_GATES)) this.leave(gate.line, `a template has at most ${MOST_GATES + 2} gates`, [gate.name, ...gate.items.map((item) => `- ${item.title}`)].join('\n'))
    for (const gate of base?.content.gates ?? []) if (reading.gates.some((one) => this.kept(one)?.id === gate.id)) { this.numbers.add(gate.number); this.ids.add(gate.id) }
    const decisionAt = this.decisionAt(read)
    const gates = read.map((gate, index) => this.gate(gate, phaseAt(gate.name, index, decisionAt)))
    const completed = this.completed(gates, decisionAt)
    const isNumbered = base !== null || reading.gates.some((gate) => gate.number !== null)
    const whole = isNumbered ? completed : numberedByOrder(completed)
    const keepsName = base !== null && reading.name === base.reading.name
    const keepsPurpose = base !== null && reading.purpose === base.reading.purpose
    const name = keepsName ? base.content.name : label(reading.name, 60) || label(fallbackName, 60) || 'Imported checklist'
    return {
      content: {
        name, purpose: keepsPurpose ? base.content.purpose : this.upTo(reading.purpose, 300, 1, 'the purpose'),
        gates: whole, steps: base?.content.steps ?? DEFAULT_STEPS, deferred: base?.content.deferred ?? [],
      },
      notes: this.notes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)), leftovers: this.leftovers.toSorted((a, b) => a.line - b.line),
    }
  }

  /** The gate of the export that this one was. */
  private kept(gate: GateReading): GateTemplate | null {
    if (!this.base || gate.number === null) return null
    const isFirst = this.reading.gates.find((one) => one.number === gate.number) === gate
    return isFirst ? (this.base.content.gates.find((one) => one.number === gate.number) ?? null) : null
  }

  private gate(read: GateReading, phase: GatePhase): GateTemplate {
    const kept = this.kept(read)
    const then = this.base?.reading.gates.find((one) => one.number === read.number)
    if (kept && then) {
      const items = this.items(read, kept.number)
      const needs = same(read.needs, then.needs) ? kept.needs : this.idsOf(read.needs)
      const owners = same(read.owners, then.owners) || read.owners[0] === undefined ? null : read.owners
      const { coOwnerTeams: _co, ...alone } = kept
      return {
        ...(owners ? { ...alone, ...(owners.length > 1 ? { coOwnerTeams: owners.slice(1, 6) } : {}) } : kept), ...(owners ? { ownerTeam: owners[0] ?? kept.ownerTeam } : {}),
        name: read.name === then.name ? kept.name : label(read.name, 60) || kept.name,
        ...(read.signs && !same(read.signs, then.signs) ? { rule: { ...kept.rule, teams: read.signs } } : {}),
        ...(read.parts && !same(read.parts, then.parts) ? { parts: read.parts } : {}), needs, items,
      }
    }
    const number = this.numberFor(read)
    const owner = read.owners[0] ?? mostNamed(read.items) ?? this.firstTeam
    if (read.owners.length === 0) this.notes.push({ line: read.line, text: `“${label(read.name, 60)}” names no owner; ${mostNamed(read.items) ? 'the team that owns most of its items has it' : 'the first team has it until you choose'}.` })
    const name = label(read.name, 60) || `Gate ${number}`
    if (label(read.name, 500).length > 60) this.notes.push({ line: read.line, text: `A gate’s name was cut at 60 characters: “${label(read.name, 500)}”.` })
    return {
      id: this.idFor(name, number), number, name, shortName: shortOf(name), ownerTeam: owner, ...(read.owners.length > 1 ? { coOwnerTeams: read.owners.slice(1, 6) } : {}),
      rule: { teams: read.signs ?? [owner, ...read.owners.slice(1)].map((team) => ({ team, count: 1 })) },
      needs: this.idsOf(read.needs), parts: read.parts ?? (phase === 'follow-up' ? [] : ['artefact']), isEnvironmentBound: phase !== 'before-decision',
      ...(phase === 'decision' ? { isDecision: true as const } : {}), phase, items: this.items(read, number),
    }
  }

  private items(read: GateReading, number: number): readonly ItemTemplate[] {
    const taken = new Set<string>()
    const known = new Map(this.base?.content.gates.flatMap((gate) => gate.items.map((item) => [item.id, item] as const)))
    const own = (item: ItemReading) => item.id !== null && item.id.startsWith(`${number}.`) && !taken.has(item.id) ? item.id : null
    const wished = read.items.map((item) => { const id = own(item); if (id) taken.add(id); return id })
    // The number of a line that was taken out is not given again: releases know it as another one.
    for (const id of known.keys()) taken.add(id)
    let next = 1
    const free = () => { while (taken.has(`${number}.${next}`)) next += 1; const id = `${number}.${next}`; taken.add(id); return id }
    return read.items.flatMap((item, index) => {
      if (index >= MOST_ITEMS) { this.leave(item.line, `a gate has at most ${MOST_ITEMS} items`, `- ${item.title}`); return [] }
      const id = wished[index] ?? free()
      const kept = wished[index] ? known.get(id) : undefined
      const then = kept && this.base?.reading.gates.find((gate) => gate.number === number)?.items.find((one) => one.id === id)
      return kept && then ? this.changed(kept, then, item) : this.fresh(item, id)
    })
  }

  /** A line of the export with what a person changed in the text. */
  private changed(kept: ItemTemplate, then: ItemReading, now: ItemReading): ItemTemplate {
    const plain = (one: ItemReading) => ({ ...one, line: 0 })
    if (same(plain(then), plain(now))) return kept
    if (then.kind !== now.kind || !same(then.value, now.value)) {
      const made = this.fresh(now, kept.id)
      if (made.kind !== kept.kind || made.kind === 'value') return { ...made, ...(kept.inShort === undefined ? {} : { inShort: kept.inShort }), theme: kept.theme }
    }
    const { ownerTeam: _owner, ...rest } = kept
    const owner = now.ownerTeam === then.ownerTeam ? kept.ownerTeam : (now.ownerTeam ?? undefined)
    return {
      ...rest, ...(owner === undefined ? {} : { ownerTeam: owner }),
      title: now.title === then.title ? kept.title : this.titleOf(now), hint: now.hint === then.hint ? kept.hint : this.upTo(now.hint, 400, now.line, 'the hint'),
      minTier: now.minTier === then.minTier ? kept.minTier : now.minTier, isRequired: now.isRequired === then.isRequired ? kept.isRequired : now.isRequired,
      allowsNotApplicable: now.allowsNotApplicable === then.allowsNotApplicable ? kept.allowsNotApplicable : now.allowsNotApplicable, rubric: same(now.rubric, then.rubric) ? kept.rubric : now.rubric,
    }
  }

  private fresh(item: ItemReading, id: string): ItemTemplate {
    const base = {
      id, title: this.titleOf(item), hint: '', minTier: item.minTier, isRequired: item.isRequired, allowsNotApplicable: item.allowsNotApplicable, rubric: item.rubric, theme: 'T6' as const,
      ...(item.ownerTeam === null ? {} : { ownerTeam: item.ownerTeam }),
    }
    const whole = label(item.title, 100_000)
    const line = { ...base, hint: this.upTo([...(whole.length > 160 ? [whole.slice(base.title.length).trim()] : []), item.hint].filter(Boolean).join('\n'), 400, item.line, 'the hint') }
    if (item.kind === 'value' && item.value) return { ...line, kind: 'value', value: { ...item.value, unit: item.value.unit.slice(0, 40) } }
    if (item.kind === 'metric' || item.kind === 'computed') this.notes.push({ line: item.line, text: `“${base.title}” is a ${item.kind} item, and the file does not say how it is judged: it became a tick. Choose its kind in the editor.` })
    return { ...line, kind: item.kind === 'evidence' ? 'evidence' : 'check' }
  }

  private titleOf(item: ItemReading): string {
    const title = label(item.title, 160)
    if (title !== '') return title
    this.notes.push({ line: item.line, text: 'A line without words became an item without a name.' })
    return 'Without a name'
  }

  /** Text up to a length; what is longer is shown among what found no place. */
  private upTo(text: string, most: number, line: number, what: string): string {
    const trimmed = text.trim()
    if (trimmed.length <= most) return trimmed
    const at = wholeEnd(trimmed, most)
    this.leave(line, `${what} has at most ${most} characters; this is the rest`, trimmed.slice(at))
    return trimmed.slice(0, at).trim()
  }

  private leave(line: number, why: string, text: string): void {
    this.leftovers.push({ line, endLine: line, why, text })
  }

  private numberFor(read: GateReading): number {
    if (read.number !== null && read.number >= 1 && read.number <= 40 && !this.numbers.has(read.number)) { this.numbers.add(read.number); return read.number }
    const wished = new Set(this.reading.gates.map((one) => one.number))
    let number = 1
    while (this.numbers.has(number) || (number <= 40 && wished.has(number) && this.reading.gates.length <= MOST_GATES && wished.size > 1)) number += 1
    if (number > 40) { number = 1; while (this.numbers.has(number)) number += 1 }
    this.numbers.add(number)
    return number
  }

  private idFor(name: string, number: number): string {
    const slug = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^[^a-z]+|-+$/gu, '').slice(0, 34).replace(/-+$/u, '')
    const wanted = slug === '' ? `gate-${number}` : slug
    let id = wanted
    for (let again = 2; this.ids.has(id); again += 1) id = `${wanted}-${again}`
    this.ids.add(id)
    return id
  }

  /** Needs are read as numbers; gates are known by ids, which new ones get later: those are put in by `completed`. */
  private idsOf(numbers: readonly number[]): readonly string[] {
    return numbers.map((number) => `#${number}`)
  }

  private decisionAt(gates: readonly GateReading[]): number {
    const kept = gates.findIndex((gate) => this.kept(gate)?.isDecision === true)
    if (kept !== -1) return kept
    const named = gates.findIndex((gate) => DECIDES.test(gate.name))
    if (named !== -1) return named
    const after = gates.findIndex((gate) => { const phase = this.kept(gate)?.phase; return phase ? phase !== 'before-decision' : ROLLS.test(gate.name) || FINAL.test(gate.name) || FOLLOWS.test(gate.name) })
    return after === -1 ? gates.length - 0.5 : after - 0.5
  }

  /** Needs by id, the decision and the final gate where the file has none, and the decision after everything before it. */
  private completed(gates: readonly GateTemplate[], decisionAt: number): readonly GateTemplate[] {
    const list = [...gates]
    if (!list.some((gate) => gate.isDecision)) list.splice(Math.ceil(decisionAt), 0, this.added(DECISION, list.slice(0, Math.ceil(decisionAt))))
    if (!list.some((gate) => gate.phase === 'final')) {
      const at = list.findIndex((gate) => gate.phase === 'follow-up')
      list.splice(at === -1 ? list.length : at, 0, this.added(FULL_ROLLOUT, at === -1 ? list : list.slice(0, at)))
    }
    const before = list.filter((gate) => gate.phase === 'before-decision').map((gate) => gate.id)
    return list.map((gate, index): GateTemplate => {
      const named = gate.needs.flatMap((need) => (need.startsWith('#') ? (list.find((one) => one.number === Number(need.slice(1)))?.id ?? []) : list.some((one) => one.id === need) ? need : []))
      const gone = gate.needs.filter((need) => !need.startsWith('#') && !list.some((one) => one.id === need))
      if (gone.length > 0) this.notes.push({ line: null, text: `Gate ${gate.number} needed a gate that is no longer there.` })
      if (gate.isDecision === true) return before.every((id) => named.includes(id)) ? { ...gate, needs: named } : { ...gate, needs: [...named, ...before.filter((id) => !named.includes(id))] }
      const previous = list.slice(0, index).findLast((one) => one.phase !== 'before-decision' && one.phase !== 'follow-up')
      return named.length === 0 && gone.length === 0 && gate.phase !== 'before-decision' && previous && !this.base ? { ...gate, needs: [previous.id] } : { ...gate, needs: named }
    })
  }

  /** A gate of the default template with teams of this one, numbered on from those before it; to an export it comes back with the number that it has by default. */
  private added(model: GateTemplate, before: readonly GateTemplate[]): GateTemplate {
    const next = this.base ? model.number : Math.max(0, ...before.map((gate) => gate.number)) + 1
    const number = this.numberFor({ line: 0, number: next, name: model.name, owners: [], signs: null, needs: [], parts: null, items: [] })
    const known = (team: string) => this.teamIds.length === 0 || this.teamIds.includes(team)
    const signers = model.rule.teams.filter((one) => known(one.team))
    const ownerTeam = known(model.ownerTeam) ? model.ownerTeam : this.firstTeam
    this.notes.push({ line: null, text: `The gate “${model.name}” was added: ${model.isDecision ? 'a release needs one decision' : 'a release needs one gate that makes the version stable'}.` })
    return {
      ...model, id: this.idFor(model.id, number), number, ownerTeam, needs: [],
      rule: { teams: signers.length > 0 ? signers : [{ team: ownerTeam, count: 1 }], ...(model.rule.chair && known(model.rule.chair) ? { chair: model.rule.chair } : {}) },
      items: model.items.filter((item) => item.kind === 'metric' || item.kind === 'computed').map((item) => ({ ...item, id: item.id.replace(/^\d+/u, String(number)) })),
    }
  }
}

/** A file without numbers is numbered by its order, what was added included. */
function numberedByOrder(gates: readonly GateTemplate[]): readonly GateTemplate[] {
  return gates.map((gate, at) => ({ ...gate, number: at + 1, items: gate.items.map((item, line) => ({ ...item, id: `${at + 1}.${line + 1}` })) }))
}

function phaseAt(name: string, index: number, decisionAt: number): GatePhase {
  if (index === decisionAt) return 'decision'
  if (index < decisionAt) return 'before-decision'
  return FOLLOWS.test(name) ? 'follow-up' : FINAL.test(name) ? 'final' : 'rollout'
}

function mostNamed(items: readonly ItemReading[]): string | null {
  const counts = new Map<string, number>()
  for (const { ownerTeam } of items) if (ownerTeam) counts.set(ownerTeam, (counts.get(ownerTeam) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** A name for the rail: whole words of at most sixteen characters. */
function shortOf(name: string): string {
  if (name.length <= 16) return name
  const words = name.slice(0, 17).replace(/\s+\S*$/u, '').replace(/\s+(and|of|the|for|&)$/iu, '')
  return words !== '' && words.length <= 16 ? words : name.slice(0, wholeEnd(name, 16)).trim()
}

/** A place to cut that does not tear a character. */
function wholeEnd(text: string, most: number): number {
  const code = text.charCodeAt(most - 1)
  return code >= 0xd800 && code <= 0xdbff ? most - 1 : most
}
