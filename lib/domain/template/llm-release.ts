/** The LLM template: the default with behaviour pinned, safety and groundedness judged, token latency, cost, the provider's clock and a fallback. */
import { CANARY, DECISION, FOLLOW_UP, FULL_ROLLOUT } from './default-rollout'
import { DATA, ENVIRONMENT, MONITORING, QUALITY, REPRODUCIBLE, ROLLBACK, SCOPE } from './default-preparation'
import type { GateTemplate, ItemTemplate } from './template'
import { atMost, evidence, inStaging, metric, value, watched } from './item-forms'

function and(gate: GateTemplate, ...items: readonly ItemTemplate[]): GateTemplate {
  return { ...gate, items: [...gate.items, ...items] }
}

const FIRST_TOKEN = atMost(1, 's')
const BETWEEN_TOKENS = atMost(0.08, 's')

/** The eleven gates with the lines that only a language model needs. */
export const LLM_GATES: readonly GateTemplate[] = [
  SCOPE,
  DATA,
  and(QUALITY,
    evidence('3.8', 'T6', 'Red-team and safety evaluation', 'Attacks tried, harmful answers found, and what stops them now.'),
    value('3.9', 'T3', 'Groundedness on the own set', 'Share of answers that the given sources support.', { unit: 'ratio', target: 0.9, direction: 'at-least' }),
  ),
  {
    ...and(REPRODUCIBLE, evidence('4.6', 'T4', 'Prompt, tools and retrieval index pinned', 'A commit or digest for each; what is not pinned can change under the sign-off.')),
    parts: ['artefact', 'code', 'data', 'behaviour'],
  },
  and(ENVIRONMENT,
    metric('5.12', 'T3', 'Time to first token, p95', 'At the load of the test.', inStaging('ttft-p95', FIRST_TOKEN), { rubric: ['O6'] }),
    metric('5.13', 'T3', 'Inter-token latency, p95', 'At the load of the test.', inStaging('itl-p95', BETWEEN_TOKENS), { rubric: ['O6'] }),
    value('5.14', 'T1', 'Cost per 1,000 requests against the budget', 'Measured in staging at the expected mix of lengths, in the currency of the budget.', { unit: 'per 1,000 requests', target: null, direction: 'at-most', validDays: 90 }),
    evidence('5.15', 'T2', 'Provider version and retirement date', 'The dated version that is called, and when the provider switches it off.', { mayBeNotApplicable: true }),
  ),
  MONITORING,
  and(ROLLBACK, evidence('7.6', 'T4', 'Fallback model chosen and tried', 'What answers when the provider or the model does not.')),
  DECISION,
  and(CANARY,
    metric('9.9', 'T3', 'Time to first token at most 1.2 × stable', 'Both at the same time.', watched('ttft-p95', { ...FIRST_TOKEN, timesStable: 1.2 }), { rubric: ['O6'], titleWithoutBaseline: 'Time to first token' }),
    metric('9.10', 'T3', 'Inter-token latency at most 1.2 × stable', 'Both at the same time.', watched('itl-p95', { ...BETWEEN_TOKENS, timesStable: 1.2 }), { rubric: ['O6'], titleWithoutBaseline: 'Inter-token latency' }),
  ),
  FULL_ROLLOUT,
  FOLLOW_UP,
]
