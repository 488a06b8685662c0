/** The three templates that every installation begins with. */
import { CANARY, DECISION, DEFAULT_STEPS, FOLLOW_UP, FULL_ROLLOUT } from './default-rollout'
import { DATA, ENVIRONMENT, MONITORING, QUALITY, REPRODUCIBLE, ROLLBACK, SCOPE } from './default-preparation'
import { HOT_FIX_DEFERRED, HOT_FIX_GATES, HOT_FIX_STEPS } from './hot-fix'
import { LLM_GATES } from './llm-release'
import type { TemplateRevision } from './template'

/** Known ids, so that setting up twice finds what is there. */
export const ML_RELEASE_ID = '01980000-0000-7000-8000-000000000001'
export const HOT_FIX_ID = '01980000-0000-7000-8000-000000000002'
export const LLM_RELEASE_ID = '01980000-0000-7000-8000-000000000003'

export const ML_RELEASE: TemplateRevision = {
  templateId: ML_RELEASE_ID, revision: 1, name: 'ML release',
  purpose: 'A new version of a model that the teams train or tune.',
  gates: [SCOPE, DATA, QUALITY, REPRODUCIBLE, ENVIRONMENT, MONITORING, ROLLBACK, DECISION, CANARY, FULL_ROLLOUT, FOLLOW_UP],
  steps: DEFAULT_STEPS, deferred: [],
}

export const HOT_FIX: TemplateRevision = {
  templateId: HOT_FIX_ID, revision: 1, name: 'Hot-fix',
  purpose: 'A repair of what is live, when waiting would hurt more; the rest is due in five days.',
  gates: HOT_FIX_GATES, steps: HOT_FIX_STEPS, deferred: HOT_FIX_DEFERRED,
}

export const LLM_RELEASE: TemplateRevision = {
  templateId: LLM_RELEASE_ID, revision: 1, name: 'LLM release',
  purpose: 'A language model, own or hosted, whose prompt, tools and index are part of what is released.',
  gates: LLM_GATES, steps: DEFAULT_STEPS, deferred: [],
}

/** In the order in which a release form offers them. */
export const SHIPPED_TEMPLATES: readonly TemplateRevision[] = [ML_RELEASE, HOT_FIX, LLM_RELEASE]
