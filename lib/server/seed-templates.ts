/** Puts the shipped templates into a fresh installation, through the one write path. */
import 'server-only'
import { SHIPPED_TEMPLATES } from '@/lib/domain/template/shipped'
import { execute, type Call, type Result } from '@/lib/server/execute'

/**
 * Creates what is missing; running it again changes nothing, so that it may run at every start once the installation is set up.
 * In: the time; tests give their own way to execute. Thrown: when a shipped template is refused for another reason (a bug).
 */
export async function seedTemplates(now: Date = new Date(), run: (call: Call) => Promise<Result> = execute): Promise<void> {
  for (const { templateId, revision: _first, ...content } of SHIPPED_TEMPLATES) {
    const result = await run({
      kind: 'template', id: templateId, command: { type: 'create-template', content }, actor: { kind: 'system', name: 'setup' }, key: `seed-${templateId}`, now,
    })
    if (!result.ok && result.refusal.code !== 'exists') throw new Error(`the template ${content.name} was refused: ${result.refusal.message}`)
  }
}
