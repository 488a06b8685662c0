/** Reads a checklist out of an outline: headings become gates, list lines become items; whatever finds no place is listed with its lines. */
import { KEPT_BLOCK } from './export-markdown'
import { markedBy, type LineKind } from './line-marks'
import type { Outline, OutlineBlock, OutlineHeading, OutlineItem, OutlineText } from './outline'
import { COLON, OWNER_WORDS, ownersIn, teamsNamed, type Known } from './owners'
import { sectioned } from './sections'
import { PARTS, type Part, type RubricCode, type Tier, type ValueAsk } from './template'

/** What a line says of itself; absent: it says nothing. */
export interface ItemReading {
  readonly line: number
  /** As "5.3" when the line begins with one. */
  readonly id: string | null
  readonly title: string
  readonly hint: string
  readonly kind: LineKind
  readonly value: ValueAsk | null
  readonly minTier: Tier
  readonly isRequired: boolean
  readonly allowsNotApplicable: boolean
  readonly ownerTeam: string | null
  readonly rubric: readonly RubricCode[]
}

export interface GateReading {
  readonly line: number
  readonly number: number | null
  readonly name: string
  readonly owners: readonly string[]
  readonly signs: readonly { readonly team: string; readonly count: number }[] | null
  readonly needs: readonly number[]
  readonly parts: readonly Part[] | null
  readonly items: readonly ItemReading[]
}

/** Something that was read in a way that a person should know of. */
export interface ImportNote {
  readonly line: number | null
  readonly text: string
}

/** Lines of the file that found no place, as they stand there. */
export interface Leftover {
  readonly line: number
  readonly endLine: number
  readonly why: string
  readonly text: string
}

export interface Reading {
  readonly name: string
  readonly purpose: string
  readonly gates: readonly GateReading[]
  readonly notes: readonly ImportNote[]
  readonly leftovers: readonly Leftover[]
  /** Lines whose box was ticked. */
  readonly ticked: readonly number[]
  /** The block that an export left at its end. */
  readonly kept: { readonly text: string; readonly line: number } | null
}

const FACT = new RegExp(`^(${OWNER_WORDS}|signs|needs|rests on)\\s*${COLON}\\s*(.+)$`, 'iu')
const OWNER_FACT = new RegExp(`^(?:${OWNER_WORDS})\\s*${COLON}\\s*(.+)$`, 'iu')
/** "Status: Not started", as pages of a wiki begin. */
const PROPERTY = /^[\p{L}][\p{L}\p{N} ]{0,30}[:\uff1a](?:\s|$)/u

interface OpenGate extends Omit<GateReading, 'items' | 'owners' | 'signs' | 'needs' | 'parts'> {
  owners: readonly string[]
  signs: GateReading['signs']
  needs: readonly number[]
  parts: GateReading['parts']
  items: ItemReading[]
}

/** In: the outline, the teams and people that there are. Out: what was understood, what deserves a word, and what found no place. */
export function readOutline(outline: Outline, known: Known): Reading {
  const { blocks, named } = sectioned(outline.blocks)
  return new OutlineReader({ ...outline, blocks }, known, named).read()
}

class OutlineReader {
  private readonly notes: ImportNote[] = []
  private readonly leftovers: Leftover[] = []
  private readonly ticked: number[] = []
  private readonly gates: OpenGate[] = []
  private readonly strangers = new Map<string, number>()
  private name = ''
  private purpose = ''
  private kept: Reading['kept'] = null

  private readonly isExport: boolean

  constructor(private readonly outline: Outline, private readonly known: Known, private readonly named: readonly OutlineHeading[]) {
    this.isExport = outline.blocks.some(isKeptBlock)
  }

  read(): Reading {
    const { blocks, frontMatter } = this.outline
    const titled = titleOf(blocks)
    this.name = titled?.text.text ?? frontMatter.title ?? frontMatter.name ?? ''
    this.purpose = frontMatter.description ?? frontMatter.purpose ?? ''
    this.frontMatter(titled !== null)
    if (this.named[0]) this.notes.push({ line: this.named[0].line, text: `The file has no headings for its parts; lines above a list that are bold, in capitals or end with a colon became gates: ${this.named.map((one) => `“${cut(one.text.text)}”`).join(', ')}.` })
    const hasBoxes = blocks.some((block) => block.kind === 'item' && block.box !== null)
    let path: { readonly item: OutlineItem; readonly title: string }[] = []
    for (const [index, block] of blocks.entries()) {
      if (block.kind === 'heading') { path = []; this.heading(block, index, block === titled) }
      else if (block.kind === 'item') {
        const above = path.slice(0, block.depth - 1)
        this.item(block, above.map((one) => one.title), above.at(-1)?.item, hasBoxes, blocks[index + 1])
        path = [...above, { item: block, title: ownersIn(block.title.text, this.known).text }]
      }
      else this.other(block)
    }
    for (const [name, line] of this.strangers) this.notes.push({ line, text: `Nobody and no team here is called “${name}”; the name stayed in the text.` })
    return {
      name: this.name, purpose: this.purpose, gates: this.gates, leftovers: this.leftovers.toSorted((a, b) => a.line - b.line),
      notes: this.notes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)), ticked: this.ticked, kept: this.kept,
    }
  }

  /** What stands above the text and is neither name nor purpose. */
  private frontMatter(isTitled: boolean): void {
    const { frontMatter, frontLines } = this.outline
    const used = [...(isTitled ? [] : [frontMatter.title === undefined ? 'name' : 'title']), frontMatter.description === undefined ? 'purpose' : 'description']
    const rest = frontLines.filter((line) => line.trim() !== '' && !used.includes(/^([\w-]+)\s*:/u.exec(line.trim())?.[1]?.toLowerCase() ?? ''))
    if (rest.length > 0) this.leave({ line: 2, endLine: 1 + frontLines.length }, 'facts above the text', rest.join('\n'))
  }

  private heading(block: OutlineHeading, index: number, isTitle: boolean): void {
    const { blocks } = this.outline
    const until = blocks.findIndex((one, at) => at > index && one.kind === 'heading')
    const inside = blocks.slice(index + 1, until === -1 ? blocks.length : until)
    const hasItems = inside.some((one) => one.kind === 'item')
    if (isTitle && !hasItems) return
    const next = until === -1 ? undefined : blocks[until]
    if (!hasItems && !isTitle && next?.kind === 'heading' && next.depth > block.depth) {
      this.notes.push({ line: block.line, text: `“${cut(block.text.text)}” groups the headings below it; a template has no groups, so that only those became gates.` })
      return
    }
    this.links(block.text)
    const numbered = /^(?:gate|step|phase|stage|stufe|etappe)?\s*(\d{1,2})\s*[.):–—-]\s+(?=\S)/iu.exec(block.text.text)
    const owned = this.owned(numbered ? block.text.text.slice(numbered[0].length) : block.text.text, block.line)
    if (!hasItems && !inside.some((one) => one.kind === 'text' && one.lines.some((line) => FACT.test(line.text)))) this.notes.push({ line: block.line, text: `“${cut(block.text.text)}” has no list lines below it and became a gate without items; take it out if it only tells something.` })
    this.gates.push({ line: block.line, number: numbered ? Number(numbered[1]) : null, name: owned.text, owners: owned.teams, signs: null, needs: [], parts: null, items: [] })
  }

  private item(block: OutlineItem, above: readonly string[], parent: OutlineItem | undefined, hasBoxes: boolean, next: OutlineBlock | undefined): void {
    if (block.box === 'ticked') this.ticked.push(block.line)
    const isGroup = block.box === null && next?.kind === 'item' && next.depth > block.depth
    const gate = this.gates.at(-1)
    if (gate && gate.owners.length === 0 && block.box === null && !isGroup && block.depth === 1 && block.body.length === 0 && this.fact(gate, block.title)) return
    // A plain line below a line of the checklist explains it.
    const last = this.gates.at(-1)?.items.at(-1)
    if (hasBoxes && block.box === null && !isGroup) {
      if (parent?.box != null && last?.line === parent.line) this.addHint(`– ${this.wordsOf(block).replaceAll('\n', ' ')}`, block)
      else this.leave(block, 'a list line without a box', this.wordsOf(block))
      return
    }
    if (isGroup) {
      this.links(block.title)
      if (block.body.length > 0) this.leave({ line: block.body[0]?.line ?? block.line, endLine: block.endLine }, 'text below a line that only groups others', block.body.map((one) => one.text).join('\n'))
      return
    }
    this.place().items.push(this.itemReading(block, above))
  }

  private itemReading(block: OutlineItem, above: readonly string[]): ItemReading {
    const marks = markedBy(block.title.marks, this.known)
    const title = marks ? block.title.beforeMarks : block.title.text
    const numbered = /^(\d{1,2}\.\d{1,2})[.):]?\s+(?=\S)/u.exec(title)
    const owned = this.owned(numbered ? title.slice(numbered[0].length) : title, block.line)
    const hints: string[] = []
    let ownerTeam = marks?.owner ?? owned.teams[0] ?? null
    const others = owned.teams.slice(1)
    for (const link of block.title.links) if (leadsSomewhere(link.href) && !title.includes(link.href)) hints.push(link.text === title ? link.href : `${link.text}: ${link.href}`)
    const said = marks ? block.body : block.body.filter((one) => {
      const clause = OWNER_FACT.exec(one.text)
      const named = clause?.[1] ? teamsNamed(clause[1], this.known) : null
      if (!named || named.unknown.length > 0 || named.teams.length === 0) return true
      ownerTeam ??= named.teams[0] ?? null
      others.push(...named.teams.slice(1))
      return false
    })
    if (others.length > 0) this.notes.push({ line: block.line, text: `An item has one owner: ${this.nameOf(ownerTeam ?? '')}; ${others.map((one) => this.nameOf(one)).join(', ')} ${others.length === 1 ? 'was' : 'were'} named too.` })
    if (above.length > 0) hints.push(`Part of: ${above.join(' › ')}`)
    for (const one of said) hints.push(this.hintOf(one))
    if (block.title.hasImage || block.body.some((one) => one.hasImage)) this.notes.push({ line: block.line, text: 'A picture cannot be kept; its words and its address were, unless it lay in the file itself.' })
    return {
      line: block.line, id: numbered?.[1] ?? null, title: owned.text, hint: hints.join('\n'),
      kind: marks?.kind ?? 'check', value: marks?.value ?? null, minTier: marks?.minTier ?? 'low', isRequired: !(marks?.isOptional ?? false), allowsNotApplicable: marks?.mayNotApply ?? false,
      ownerTeam, rubric: marks?.rubric ?? [],
    }
  }

  private other(block: Exclude<OutlineBlock, OutlineHeading | OutlineItem>): void {
    if (block.kind === 'fence') {
      if (isKeptBlock(block)) { this.kept = { text: block.text, line: block.line }; return }
      this.leave(block, 'code', block.text.trimEnd())
      return
    }
    if (block.kind === 'other') { this.leave(block, block.what, block.text); return }
    const gate = this.gates.at(-1)
    if (!gate && !this.isExport && /^<[!/a-z]/iu.test(block.lines[0]?.text ?? '')) { this.leave(block, 'a comment or tags', block.lines.map((one) => this.hintOf(one)).join('\n')); return }
    if (!gate && !this.isExport && block.lines.length > 1 && block.lines.every(({ text }) => PROPERTY.test(text))) { this.leave(block, 'facts above the first gate', block.lines.map((one) => this.hintOf(one)).join('\n')); return }
    if (!gate && this.purpose === '') { this.purpose = block.lines.map((one) => this.hintOf(one)).join(' '); return }
    const rest = block.lines.filter((one) => !(gate && this.fact(gate, one)))
    if (rest.length > 0) this.leave({ line: rest[0]?.line ?? block.line, endLine: rest.at(-1)?.line ?? block.endLine }, gate ? 'text that belongs to no item' : 'text before the first gate', rest.map((one) => this.hintOf(one)).join('\n'))
  }

  /** "Owner: Ops", "Signs: 1 Product + 1 Ops", "Needs: 1, 2", "Rests on: data" below a heading. */
  private fact(gate: OpenGate, { text, line }: OutlineText): boolean {
    const match = FACT.exec(text)
    const [, key = '', value = ''] = match ?? []
    if (!match) return false
    switch (key.toLowerCase()) {
      case 'signs': {
        const signs = value.split('+').map((one) => { const found = /^\s*(\d{1,2})\s*(?:×|x)?\s*(.+?)\s*$/iu.exec(one); const [team] = found?.[2] ? teamsNamed(found[2], this.known).teams : []; return found && team ? { team, count: Number(found[1]) } : null })
        if (signs.some((one) => one === null || one.count < 1 || one.count > 10)) return false
        gate.signs = signs.flatMap((one) => one ?? [])
        return true
      }
      case 'needs': {
        const numbers = value.replace(/\bgates?\b/giu, '').split(/[,+&\s]+/u).filter(Boolean).map(Number)
        if (numbers.some((one) => !Number.isInteger(one))) return false
        gate.needs = numbers
        return true
      }
      case 'rests on': {
        const parts = value.split(',').map((one) => PARTS.find((part) => part === one.trim().toLowerCase().replaceAll(' ', '-')))
        if (parts.includes(undefined)) return false
        gate.parts = PARTS.filter((part) => parts.includes(part))
        return true
      }
      default: {
        const named = teamsNamed(value, this.known)
        this.remember(named, line)
        if (named.teams.length === 0) return false
        gate.owners = named.teams
        return named.unknown.length === 0
      }
    }
  }

  private owned(text: string, line: number) {
    const owned = ownersIn(text, this.known)
    this.remember(owned, line)
    return owned
  }

  private remember({ byPerson, unknown }: { readonly byPerson: readonly string[]; readonly unknown: readonly string[] }, line: number): void {
    for (const one of byPerson) if (!this.notes.some((note) => note.text.startsWith(one))) this.notes.push({ line, text: `${one}, so that the team owns what is theirs.` })
    for (const one of unknown) if (!this.strangers.has(one)) this.strangers.set(one, line)
  }

  private hintOf({ text, links }: OutlineText): string {
    return links.filter((link) => leadsSomewhere(link.href) && !text.includes(link.href)).reduce((said, link) => `${said} (${link.href})`, text)
  }

  private links({ links, line }: OutlineText): void {
    for (const link of links) if (leadsSomewhere(link.href)) this.leave({ line, endLine: line }, 'a link in a heading', `${link.text}: ${link.href}`)
  }

  private addHint(words: string, block: OutlineItem): void {
    const gate = this.gates.at(-1)
    const item = gate?.items.at(-1)
    if (gate && item) gate.items[gate.items.length - 1] = { ...item, hint: item.hint === '' ? words : `${item.hint}\n${words}` }
    else this.leave(block, 'a list line without a box', words)
  }

  /** The gate that takes an item; a file without headings has one. */
  private place(): OpenGate {
    const last = this.gates.at(-1)
    if (last) return last
    const made: OpenGate = { line: 1, number: null, name: this.name === '' ? 'Checklist' : this.name, owners: [], signs: null, needs: [], parts: null, items: [] }
    this.notes.push({ line: null, text: `Items that stand under no heading are in one gate, “${cut(made.name)}”.` })
    this.gates.push(made)
    return made
  }

  private leave({ line, endLine }: { readonly line: number; readonly endLine: number }, why: string, text: string): void {
    this.leftovers.push({ line, endLine, why, text })
  }

  private wordsOf(block: OutlineItem): string {
    return [block.title, ...block.body].map((one) => this.hintOf(one)).join('\n')
  }

  private nameOf(team: string): string {
    return this.known.teams.find((one) => one.id === team)?.name ?? team
  }
}

/** The first heading, where it stands alone at the top. */
function titleOf(blocks: readonly OutlineBlock[]): OutlineHeading | null {
  const headings = blocks.filter((block) => block.kind === 'heading')
  const [first] = headings
  if (!first || (blocks.some((block) => block.kind === 'item' && block.line < first.line))) return null
  const alone = headings.slice(1).every((one) => one.depth > first.depth)
  return alone && headings.length > 1 ? first : null
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** Where a link leads, as words; a place in the same file and a picture that lies in it lead nowhere from here. */
function leadsSomewhere(href: string): boolean {
  return href !== '' && !/^(?:#|data:)/iu.test(href)
}

function isKeptBlock(block: OutlineBlock): boolean {
  return block.kind === 'fence' && block.info.split(/\s/u)[0] === KEPT_BLOCK
}
