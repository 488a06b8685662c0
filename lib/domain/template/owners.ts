/** Recognises who owns a line of an imported checklist: "@ops", "(Data science)", "Owner: Mara"; matched with the teams and people that there are. */

export interface KnownTeam {
  readonly id: string
  readonly name: string
}

export interface KnownPerson {
  readonly name: string
  /** The team that the person stands for. */
  readonly team: string
}

export interface Known {
  readonly teams: readonly KnownTeam[]
  readonly people: readonly KnownPerson[]
}

export interface OwnerFound {
  readonly text: string
  /** Ids of teams, in the order of the text. */
  readonly teams: readonly string[]
  /** People by whom a team was found: "Mara Lind is in Product". */
  readonly byPerson: readonly string[]
  /** Names that nobody and no team has; they stay in the text. */
  readonly unknown: readonly string[]
}

/** What people write before an owner, in the languages that checklists came in. */
export const OWNER_WORDS = 'owners?|owned by|responsible|team|assignee|assigned to|verantwortlich(?:e[rn]?)?|zuständig|responsable|propriétaire|proprietario|encargado|担当(?:者)?|负责人|責任者|责任人|담당자?|владелец|ответственн(?:ый|ая|ые)|исполнитель|المالك'
/** A colon, also the wide one of Chinese and Japanese text. */
export const COLON = '[:\\uff1a]'
const OWNER_CLAUSE = new RegExp(`(?:^|[\\s([{\\uff08–—,;-])\\s*(?:${OWNER_WORDS})\\s*${COLON}\\s*([^()\\uff08\\uff09\\[\\]{};]{1,80})[)\\uff09\\]}]?\\s*$`, 'iu')
const BRACKETS = /\s*[(\uff08]([^()\uff08\uff09]{1,60})[)\uff09]\s*[.。]?$/u
const HANDLE = /(^|[\s(,;/&+])@([\p{L}\p{N}][\p{L}\p{N}._/-]*)/gu

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/^@/u, '').replace(/^the\s+|\s+team$|^team\s+/gu, '').replace(/[\s._/-]+/gu, '')
}

/** The one team of a name or a handle; by a person only where one person alone has it. */
function lookUp(name: string, known: Known): { readonly team: string; readonly person: string | null } | null {
  const wanted = plain(name)
  if (wanted === '') return null
  const team = known.teams.find((one) => plain(one.id) === wanted || plain(one.name) === wanted)
  if (team) return { team: team.id, person: null }
  const people = known.people.filter((one) => plain(one.name) === wanted || plain(one.name.split(/\s+/u)[0] ?? '') === wanted)
  const [person] = people
  return person && people.length === 1 ? { team: person.team, person: person.name } : null
}

/** Who is meant by a list of names such as "Ops and @mara". */
export function teamsNamed(words: string, known: Known): Omit<OwnerFound, 'text'> {
  const whole = lookUp(words, known)
  const names = whole ? [words] : words.split(/\s*(?:[,;/&+、\uff0c]|\band\b|\bund\b|\bet\b|\by\b|\sи\s)\s*/iu).map((one) => one.trim()).filter(Boolean)
  const found = names.map((name) => ({ name, match: lookUp(name, known) }))
  return {
    teams: [...new Set(found.flatMap(({ match }) => (match ? [match.team] : [])))],
    byPerson: found.flatMap(({ match }) => (match?.person ? [`${match.person} is in ${known.teams.find((team) => team.id === match.team)?.name ?? match.team}`] : [])),
    unknown: found.flatMap(({ name, match }) => (match ? [] : [name.replace(/^@/u, '')])),
  }
}

/** Takes owners out of a line. In: its text, who there is. Out: the text without those that were known. */
export function ownersIn(text: string, known: Known): OwnerFound {
  let rest = text
  const teams: string[] = []
  const byPerson: string[] = []
  const unknown: string[] = []
  const take = (named: Omit<OwnerFound, 'text'>) => { teams.push(...named.teams); byPerson.push(...named.byPerson); unknown.push(...named.unknown) }
  const clause = OWNER_CLAUSE.exec(rest)
  if (clause?.[1]) {
    const named = teamsNamed(clause[1], known)
    take(named)
    if (named.unknown.length === 0 && clause.index > 0) rest = withoutEnd(rest.slice(0, clause.index), /[\s([{\uff08–—,;-]/u)
  }
  const brackets = BRACKETS.exec(rest)
  if (brackets?.[1] && brackets.index > 0) {
    const named = teamsNamed(brackets[1], known)
    // Words in brackets are mostly no owner, so that only known names count.
    if (named.teams.length > 0 && named.unknown.length === 0) { take(named); rest = rest.slice(0, brackets.index) }
  }
  for (const match of [...rest.matchAll(HANDLE)]) {
    const handle = match[2] ?? ''
    const named = teamsNamed(handle.replace(/[._/-]+$/u, ''), known)
    take(named)
    if (named.teams.length > 0) rest = rest.replace(`@${handle}`, '')
  }
  const text2 = withoutEnd(rest.replace(/\s{2,}/gu, ' ').replace(/\s+([,;.])/gu, '$1'), /[\s,;:\uff1a–—-]/u).trim()
  return { text: teams.length > 0 && text2 !== '' ? text2 : text, teams: [...new Set(teams)], byPerson: [...new Set(byPerson)], unknown: [...new Set(unknown)] }
}

/** Takes characters off the end one by one: an expression that looks for the end would try from each of a long row of them. */
function withoutEnd(text: string, some: RegExp): string {
  let end = text.length
  while (end > 0 && some.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
