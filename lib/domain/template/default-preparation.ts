/** The gates of the default template before the decision: what must be known and proven before anybody may say go. */
import type { GateTemplate } from './template'
import { atLeast, atMost, check, computed, evidence, inStaging, metric, value } from './item-forms'

const PRODUCT = 'product'
const SCIENCE = 'data-science'
const OPS = 'ops'

/** Gate 1. */
export const SCOPE: GateTemplate = {
  id: 'scope', number: 1, name: 'Scope and intent', shortName: 'Scope', ownerTeam: PRODUCT,
  rule: { teams: [{ team: PRODUCT, count: 1 }] },
  needs: [], parts: [], isEnvironmentBound: false, phase: 'before-decision',
  items: [
    evidence('1.1', 'T6', 'Problem, users, intended and out-of-scope use', 'Link the model card section that says whom it serves and what it must not be used for.'),
    check('1.2', 'T3', 'Success and guard-rail metric with targets', 'Name one metric that should improve and one that must not get worse, each with its number.'),
    evidence('1.3', 'T1', 'Simpler alternative considered', 'Say what a rule or a smaller model reaches on the same set, and why it is not enough.', { rubric: ['M5'] }),
    check('1.4', 'T6', 'Target date, outside events and freezes checked', 'Campaigns, holidays and freezes between today and the target date.'),
    check('1.5', 'T6', 'Risk tier and legal class', 'Why this tier; which law or internal policy applies.'),
    check('1.6', 'T6', 'Owners named in all three teams, and on-call', 'One name for each team and who is on call during the rollout.'),
  ],
}

/** Gate 2. */
export const DATA: GateTemplate = {
  id: 'data', number: 2, name: 'Data readiness', shortName: 'Data', ownerTeam: SCIENCE,
  rule: { teams: [{ team: SCIENCE, count: 1 }] },
  needs: ['scope'], parts: ['data'], isEnvironmentBound: false, phase: 'before-decision',
  items: [
    evidence('2.1', 'T5', 'Training data pinned', 'DVC commit and hash, snapshot id or versioned object: something that cannot move.'),
    evidence('2.2', 'T5', 'Schema and validation result with counts', 'Import the Great Expectations or JUnit result; counts of passed and failed rules are kept.', { rubric: ['D1'] }),
    evidence('2.3', 'T5', 'Privacy and policy check', 'Personal data, retention and banned sources reviewed along the whole pipeline.', { rubric: ['D4', 'D5'] }),
    evidence('2.4', 'T5', 'Feature value and cost reviewed', 'Which features earn their keep in quality, latency, memory and upkeep.', { rubric: ['D2', 'D3'], minTier: 'medium' }),
    value('2.5', 'T5', 'Time to bring a new feature to production', 'Working days from idea to serving, measured on the last one.', { unit: 'days', target: 20, direction: 'at-most', validDays: 180 }, { rubric: ['D6'], minTier: 'medium', mayBeNotApplicable: true }),
    evidence('2.6', 'T5', 'Feature code tests green, posted by CI', 'JUnit result of the tests of feature code, offline and online.', { rubric: ['D7'] }),
    value('2.7', 'T5', 'Feedback and label loop with its delay', 'Days until the truth about a prediction is known; the follow-up waits that long.', { unit: 'days', target: null, direction: 'record' }),
    metric('2.8', 'T5', 'Live data pipeline fresh and within its rules', 'Age of the newest data that features are served from.', inStaging('pipeline-freshness', atMost(86_400, 's', { minimumSamples: 1 })), { rubric: ['O2'], mayBeNotApplicable: true }),
    check('2.9', 'T5', 'Upstream owners subscribed', 'Who owns each upstream source, and that they are told and tell us of changes.', { rubric: ['O1'], minTier: 'medium' }),
  ],
}

/** Gate 3. */
export const QUALITY: GateTemplate = {
  id: 'quality', number: 3, name: 'Model quality', shortName: 'Quality', ownerTeam: SCIENCE,
  rule: { teams: [{ team: SCIENCE, count: 2 }] },
  smallTeamRule: { teams: [{ team: SCIENCE, count: 1 }], counterSignatures: 1 },
  needs: ['data'], parts: ['artefact', 'data', 'behaviour', 'evaluation'], isEnvironmentBound: false, phase: 'before-decision',
  items: [
    evidence('3.1', 'T3', 'Evaluation against the current stable on the same set', 'Report with both versions, the set and its hash.', { titleWithoutBaseline: 'Evaluation against the absolute targets' }),
    evidence('3.2', 'T3', 'Slice table with the worst slice named', 'Quality on each important slice; say which is worst and whether it is good enough.', { rubric: ['M6'] }),
    evidence('3.3', 'T6', 'Fairness result', 'Effects on groups of people, with the measure that was chosen.', { rubric: ['M7'], minTier: 'medium', mayBeNotApplicable: true }),
    evidence('3.4', 'T4', 'Tuning record', 'How hyper-parameters were searched, not inherited.', { rubric: ['M3'], minTier: 'medium', mayBeNotApplicable: true }),
    value('3.5', 'T3', 'Staleness study and retrain interval', 'Days after which quality has decayed too far; the live version is reviewed by then.', { unit: 'days', target: null, direction: 'record', validDays: 365 }, { rubric: ['M4'], minTier: 'high' }),
    evidence('3.6', 'T6', 'Model card complete', 'Details, use, factors, metrics, data, results by group, ethics, caveats.'),
    value('3.7', 'T3', 'Offline score at or over target', 'Score on the agreed set against the target of gate 1; CI can post it.', { unit: 'score', target: null, direction: 'at-least' }, { rubric: ['I4'] }),
  ],
}

/** Gate 4. */
export const REPRODUCIBLE: GateTemplate = {
  id: 'reproducible', number: 4, name: 'Reproducible and versioned', shortName: 'Versioned', ownerTeam: SCIENCE, coOwnerTeams: [OPS],
  rule: { teams: [{ team: SCIENCE, count: 1 }, { team: OPS, count: 1 }] },
  needs: ['data'], parts: ['artefact', 'code', 'data'], isEnvironmentBound: false, phase: 'before-decision',
  items: [
    evidence('4.1', 'T4', 'Reviewed commit, image digest and model digest recorded', 'The three that together say what will run; mutable tags do not count.', { rubric: ['M1'] }),
    evidence('4.2', 'T4', 'Second training run within tolerance', 'Train again from the same references and compare.', { rubric: ['I1'], minTier: 'high' }),
    evidence('4.3', 'T4', 'Unit and pipeline tests green, posted by CI', 'Tests of the model code and one run of the whole pipeline.', { rubric: ['I2', 'I3'] }),
    evidence('4.4', 'T3', 'One example traced end to end', 'The same example through training, serving and logging, step by step.', { rubric: ['I5'], minTier: 'medium' }),
    check('4.5', 'T4', 'Difference from the last stable reviewed', 'Code, data, behaviour and serving that differ, read by both teams.', { titleWithoutBaseline: 'First version: what it consists of reviewed' }),
  ],
}

/** Gate 5. */
export const ENVIRONMENT: GateTemplate = {
  id: 'environment', number: 5, name: 'Environment and resources', shortName: 'Resources', ownerTeam: OPS,
  rule: { teams: [{ team: OPS, count: 1 }] },
  needs: ['scope'], parts: ['artefact', 'behaviour', 'serving', 'claim'], isEnvironmentBound: true, phase: 'before-decision',
  items: [
    computed('5.1', 'T2', 'Environment chosen and why', 'A choice decision that compares at least two on control and security, latency, cost, expertise and orchestration.', 'environment-choice'),
    check('5.2', 'T1', 'Resource claim with expected peak and growth', 'Memory, CPU or GPU, storage and data access, at the peak that is expected in six months.'),
    evidence('5.3', 'T1', 'Load test at peak with margin', 'Report at the expected peak and above: latency, errors and what gave way first.'),
    evidence('5.4', 'T2', 'Failure modes and degraded mode', 'What happens when a machine, a store or a feature source is gone, and what users see.'),
    evidence('5.5', 'T2', 'Security and access review', 'Who and what can reach the model, its data and its secrets.'),
    metric('5.6', 'T3', 'Staging p95 latency', 'At the load of the test.', inStaging('latency-p95', atMost(0.25, 's')), { rubric: ['O6'] }),
    metric('5.7', 'T1', 'Memory headroom', 'Working set as a share of the limit.', inStaging('memory-use', atMost(0.8, 'ratio', { minimumSamples: 1 }))),
    metric('5.8', 'T1', 'CPU throttling', 'Share of periods in which the container was throttled.', inStaging('cpu-throttling', atMost(0.05, 'ratio', { minimumSamples: 1 })), { mayBeNotApplicable: true }),
    metric('5.9', 'T1', 'GPU memory and use', 'Share of GPU memory in use; use is shown beside it.', inStaging('gpu-memory', atMost(0.85, 'ratio', { minimumSamples: 1 }), ['gpu-use']), { mayBeNotApplicable: true }),
    metric('5.10', 'T1', 'Volume use', 'Share of the storage in use.', inStaging('volume-use', atMost(0.8, 'ratio', { minimumSamples: 1 })), { mayBeNotApplicable: true }),
    computed('5.11', 'T1', 'Observed against declared', 'What staging used beside what the claim declares; too small or far too large shows here.', 'observed-against-declared'),
  ],
}

/** Gate 6. */
export const MONITORING: GateTemplate = {
  id: 'monitoring', number: 6, name: 'Monitoring ready', shortName: 'Monitoring', ownerTeam: OPS, coOwnerTeams: [SCIENCE],
  rule: { teams: [{ team: OPS, count: 1 }, { team: SCIENCE, count: 1 }] },
  needs: ['scope'], parts: ['artefact', 'serving'], isEnvironmentBound: true, phase: 'before-decision',
  items: [
    evidence('6.1', 'T3', 'Dashboard link', 'The one that on-call opens first.'),
    evidence('6.2', 'T3', 'Alerts for latency, errors, drift and resources, each with a runbook', 'Link the rules; each names its runbook.'),
    metric('6.3', 'T3', 'Target is scraped and this version’s series exist', 'Number of series that carry the version.', inStaging('series-exist', atLeast(1, '1', { minimumSamples: 0 }))),
    metric('6.4', 'T3', 'Drift and skew exported', 'Number of drift and skew series that carry the version.', inStaging('drift-exported', atLeast(1, '1', { minimumSamples: 0 })), { rubric: ['O3'] }),
    evidence('6.5', 'T3', 'A test alert reached the channel', 'Link to the message in the channel that on-call reads.', { minTier: 'medium' }),
    evidence('6.6', 'T3', 'Prediction logging where the law needs it', 'Where inputs and predictions are kept, for how long, and who may read them.', { minTier: 'high', mayBeNotApplicable: true }),
  ],
}

/** Gate 7. */
export const ROLLBACK: GateTemplate = {
  id: 'rollback', number: 7, name: 'Rollback proven', shortName: 'Rollback', ownerTeam: OPS,
  rule: { teams: [{ team: OPS, count: 1 }, { team: SCIENCE, count: 1 }] },
  needs: ['reproducible'], parts: ['artefact', 'serving', 'last-stable'], isEnvironmentBound: true, phase: 'before-decision',
  items: [
    evidence('7.1', 'T4', 'Last stable version chosen and its artefact resolvable', 'The reference resolves today, by digest.', { rubric: ['I7'], titleWithoutBaseline: 'Switch off or degraded mode chosen' }),
    evidence('7.2', 'T4', 'Steps, decider and triggers', 'What is done in which order, who decides, and at which numbers.'),
    value('7.3', 'T4', 'Rehearsed within 90 days, with the measured restore time', 'Minutes from the decision to the last stable serving all traffic.', { unit: 'minutes', target: 15, direction: 'at-most', validDays: 90 }, { rubric: ['I7'], titleWithoutBaseline: 'Switch off rehearsed within 90 days, with the measured time' }),
    check('7.4', 'T5', 'Data and feature schema backward compatible', 'The last stable can read what the candidate writes.'),
    evidence('7.5', 'T6', 'User-facing message drafted', 'What users are told when it is rolled back.', { ownerTeam: PRODUCT }),
  ],
}
