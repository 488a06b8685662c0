/** Reads checklists into templates and templates into checklists, single revisions, and what a newer revision would make of a running release. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { releaseIdOf } from '@/db/release-list'
import type { Actor } from '@/lib/domain/actor'
import { previewAdoption, type AdoptionPreview } from '@/lib/domain/release/adoption-preview'
import { exportMarkdown } from '@/lib/domain/template/export-markdown'
import { importChecklist, tooLarge } from '@/lib/domain/template/import-markdown'
import type { ImportedChecklist } from '@/lib/domain/template/imported'
import type { Known } from '@/lib/domain/template/owners'
import type { TemplateRevision } from '@/lib/domain/template/template'
import { outlineOf } from '@/lib/server/checklist/outline-of'
import { rawStore } from '@/lib/server/raw-store'
import { loadNames, loadPeople, loadTeams } from '@/lib/server/view/people'

/** Teams in their order, and people by the team that they are in; who is in several stands for the first. */
async function known(): Promise<Known> {
  const store = await rawStore()
  const [teams, people, names] = await Promise.all([loadTeams(store), loadPeople(store), loadNames(store)])
  return {
    teams: teams.map(({ id, name }) => ({ id, name })),
    people: [...people.values()].flatMap(({ id, state }) => {
      const [first] = state.memberships
      const name = names.get(id)
      return state.archivedAt === null && first && name ? [{ name, team: first.team }] : []
    }),
  }
}

/** In: a Markdown file and a name for the case that it has none. Out: what was read, or the sentence that refuses it. */
export async function readChecklist(markdown: string, name: string): Promise<ImportedChecklist | string> {
  const refusal = tooLarge(markdown)
  return refusal ?? importChecklist(markdown, outlineOf, await known(), name)
}

/** One revision of a template, the newest without a number; null when there is none. */
export async function readRevision(id: string, revision: number | null): Promise<TemplateRevision | null> {
  const loaded = await loadAggregate(await rawStore(), 'template', id)
  const revisions = loaded?.state.revisions ?? []
  return (revision === null ? revisions.at(-1) : revisions.find((one) => one.content.revision === revision))?.content ?? null
}

/** One revision as a Markdown checklist. */
export async function writeChecklist(id: string, revision: number | null): Promise<{ readonly name: string; readonly text: string } | null> {
  const content = await readRevision(id, revision)
  if (!content) return null
  const { templateId: _id, revision: number, ...rest } = content
  const teams = await loadTeams(await rawStore())
  const slug = content.name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^-|-$/gu, '') || 'checklist'
  return { name: `${slug}-${number}.md`, text: exportMarkdown(rest, (team) => teams.find((one) => one.id === team)?.name ?? team) }
}

/** What the newest revision would make of a release. `null`: no such release, not this actor's to see, or nothing newer. */
export async function readAdoption(actor: Actor, codeOrId: string, now = new Date()): Promise<AdoptionPreview | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, codeOrId)
  const loaded = id === null ? null : await loadAggregate(store, 'release', id)
  if (!loaded || (actor.kind === 'token' && actor.modelIds.length > 0 && !actor.modelIds.includes(loaded.state.modelId))) return null
  const [revision, names, teams] = await Promise.all([readRevision(loaded.state.template.id, null), loadNames(store), loadTeams(store)])
  if (!revision || revision.revision <= loaded.state.template.revision) return null
  return previewAdoption(loaded.state, revision, now, (person) => names.get(person) ?? 'someone', (team) => teams.find((one) => one.id === team)?.name ?? team)
}
