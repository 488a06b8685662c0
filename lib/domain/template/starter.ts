/** What a template begins with that is no copy: one open gate, the decision, and the gate that makes a version stable. */
import { DECISION, DEFAULT_STEPS, FULL_ROLLOUT } from './default-rollout'
import type { TemplateContent } from './template'

export const STARTER: TemplateContent = {
  name: '', purpose: '', steps: DEFAULT_STEPS, deferred: [],
  gates: [
    { id: 'readiness', number: 1, name: 'Readiness', shortName: 'Ready', ownerTeam: 'product', rule: { teams: [{ team: 'product', count: 1 }] }, needs: [], parts: ['artefact'], isEnvironmentBound: false, phase: 'before-decision', items: [] },
    { ...DECISION, number: 2, needs: ['readiness'] },
    { ...FULL_ROLLOUT, number: 3, needs: ['decision'], items: FULL_ROLLOUT.items.map((item) => ({ ...item, id: item.id.replace(/^10\./u, '3.') })) },
  ],
}
