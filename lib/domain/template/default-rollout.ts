/** The gates of the default template from the decision on: go or no-go, canary, full traffic, follow-up. */
import { PARTS, type GateTemplate, type RolloutStepTemplate } from './template'
import { atLeast, atMost, check, computed, evidence, metric, watched } from './item-forms'

const PRODUCT = 'product'
const SCIENCE = 'data-science'
const OPS = 'ops'

/** Gate 8. */
export const DECISION: GateTemplate = {
  id: 'decision', number: 8, name: 'Go / no-go', shortName: 'Go', ownerTeam: PRODUCT,
  rule: { teams: [{ team: PRODUCT, count: 1 }, { team: SCIENCE, count: 1 }, { team: OPS, count: 1 }], chair: PRODUCT },
  needs: ['scope', 'data', 'quality', 'reproducible', 'environment', 'monitoring', 'rollback'],
  parts: PARTS, isEnvironmentBound: true, isDecision: true, phase: 'decision', items: [],
}

/** Gate 9. */
export const CANARY: GateTemplate = {
  id: 'canary', number: 9, name: 'Canary', shortName: 'Canary', ownerTeam: OPS,
  rule: { teams: [{ team: OPS, count: 1 }] },
  needs: ['decision'], parts: ['artefact', 'behaviour', 'serving'], isEnvironmentBound: true, phase: 'rollout',
  items: [
    computed('9.1', 'T3', 'Each step soaked with enough requests', 'Every step met its duration and its minimum requests while its metrics passed.', 'steps-soaked', { rubric: ['I6'] }),
    metric('9.2', 'T3', 'Error ratio against the stable version', 'Both at the same time.', watched('error-ratio', atMost(0.01, 'ratio', { timesStable: 1.2, ignoreBelow: 0.002 })), { rubric: ['I6'], titleWithoutBaseline: 'Error ratio' }),
    metric('9.3', 'T3', 'p95 latency at most 1.2 × stable', 'Both at the same time.', watched('latency-p95', atMost(0.25, 's', { timesStable: 1.2 })), { rubric: ['O6'], titleWithoutBaseline: 'p95 latency' }),
    metric('9.4', 'T3', 'Drift within limit', 'Population stability index of the score or the features.', watched('drift', atMost(0.2, '1'))),
    metric('9.5', 'T3', 'Invalid predictions zero', 'NaN, infinite or out of range.', watched('invalid-predictions', atMost(0, 'ratio')), { rubric: ['O5'] }),
    metric('9.6', 'T5', 'Skew within limit', 'Features in serving beside the same features in training.', watched('skew', atMost(0.1, '1')), { rubric: ['O3'] }),
    check('9.7', 'T6', 'Guard-rail business metric not worse', 'The guard-rail of gate 1, on the canary’s traffic.', { ownerTeam: PRODUCT }),
    check('9.8', 'T6', 'No open incident', 'Neither on the model nor on what it depends on.'),
  ],
}

/** Gate 10. */
export const FULL_ROLLOUT: GateTemplate = {
  id: 'full-rollout', number: 10, name: 'Full rollout to stable', shortName: 'Stable', ownerTeam: OPS,
  rule: { teams: [{ team: OPS, count: 1 }, { team: PRODUCT, count: 1 }] },
  needs: ['canary'], parts: ['artefact', 'behaviour', 'serving'], isEnvironmentBound: true, phase: 'final',
  items: [
    metric('10.1', 'T4', 'Version share at least 0.99', 'Share of the requests that the candidate answers.', watched('version-share', atLeast(0.99, 'ratio'))),
    computed('10.2', 'T3', 'Steady for the final soak', 'Full traffic with passing metrics for the whole final soak.', 'final-soak'),
    check('10.3', 'T3', 'Model age clock started', 'The review date of the live version follows from its retrain interval.', { rubric: ['O4'] }),
    check('10.4', 'T6', 'Stakeholders told', 'Who asked for it, who uses it, and support.', { ownerTeam: PRODUCT }),
  ],
}

/** Gate 11. */
export const FOLLOW_UP: GateTemplate = {
  id: 'follow-up', number: 11, name: 'Follow-up', shortName: 'Follow-up', ownerTeam: PRODUCT,
  rule: { teams: [{ team: PRODUCT, count: 1 }] },
  needs: ['full-rollout'], parts: [], isEnvironmentBound: true, phase: 'follow-up',
  items: [
    metric('11.1', 'T3', 'Live quality against the promise, after the label delay', 'Planned until the labels are there.', { ...watched('live-quality', atLeast(0.8, 'ratio')), isAfterLabelDelay: true }, { rubric: ['O7'] }),
    evidence('11.2', 'T3', 'Offline metric moved with the live one', 'Both changes, side by side.', { rubric: ['M2'] }),
    computed('11.3', 'T6', 'Conditions closed', 'Every condition of the go is met.', 'conditions-closed'),
    computed('11.4', 'T6', 'Waivers closed or renewed', 'None is left to expire unseen.', 'waivers-closed'),
    evidence('11.5', 'T6', 'Retrospective with the time each team waited', 'What held us up, and what we change.'),
    check('11.6', 'T6', 'Improvements to the template', 'Lines to add, change or drop; or none, and why.'),
  ],
}

/** Steps offered when a release is opened: three of the canary, then full traffic with the final soak. */
export const DEFAULT_STEPS: readonly RolloutStepTemplate[] = [
  { share: 5, soakMinutes: 60, minimumRequests: 1_000 },
  { share: 25, soakMinutes: 240, minimumRequests: 5_000 },
  { share: 50, soakMinutes: 720, minimumRequests: 10_000 },
  { share: 100, soakMinutes: 1_440, minimumRequests: 20_000 },
]
