/** Which requirements of NIST AI RMF 1.0 and of the EU AI Act the pack holds evidence for, and which it does not: in our own words, and no claim of conformity. */

export type Coverage = 'evidence' | 'part' | 'none'

export interface CrossWalkRow {
  readonly ref: string
  /** What is asked, in our words. */
  readonly asks: string
  readonly coverage: Coverage
  /** Where in the pack the evidence stands; empty where there is none. */
  readonly where: string
  /** What must come from elsewhere. */
  readonly lacks: string
}

export const COVERAGE_WORDS: Readonly<Record<Coverage, string>> = { evidence: 'Evidence here', part: 'In part', none: 'Not covered' }

export const CROSS_WALK_NOTE = 'This cross-walk says where to look. It is no legal advice and no statement of conformity: whether a requirement applies, and whether the evidence is enough, is for the people who answer for the system to judge. References are to NIST AI 100-1 (January 2023) and to Regulation (EU) 2024/1689; the articles on high-risk systems bind only where a system is high-risk.'

export const NIST_AI_RMF: readonly CrossWalkRow[] = [
  { ref: 'GOVERN 1', asks: 'Policies and processes for AI risk exist, are known and are followed.', coverage: 'part', where: 'Template revision and separation policy of the release; gates with their sign-off rules.', lacks: 'The organisation’s own policies and their review.' },
  { ref: 'GOVERN 2', asks: 'Roles and lines of accountability are clear.', coverage: 'evidence', where: 'Owners in three teams, on-call, deciders; every sign-off and entry with name, team and role as they were then.', lacks: 'Training of the people.' },
  { ref: 'GOVERN 4', asks: 'Teams consider and talk about risk.', coverage: 'part', where: 'Check-in minutes, rejections, comments, retrospective (gate 11).', lacks: 'Culture beyond this release.' },
  { ref: 'GOVERN 5', asks: 'Those outside of the team are heard.', coverage: 'none', where: '', lacks: 'Engagement with users and affected people; a linked document may hold it.' },
  { ref: 'GOVERN 6', asks: 'Risks from third-party models, data and software are handled.', coverage: 'part', where: 'Artefact reference with digest, provider version and retirement date (gate 4), fallback and roll-back plan (gate 7).', lacks: 'Contracts and supplier assessments.' },
  { ref: 'MAP 1', asks: 'Intended purpose and context are understood.', coverage: 'evidence', where: 'Gate 1: problem, users, intended and out-of-scope use, risk tier.', lacks: '' },
  { ref: 'MAP 2', asks: 'The system is categorised, its task and limits described.', coverage: 'evidence', where: 'Model card (gate 3), behaviour parts of the fingerprint, resource claim and environment choice (gate 5).', lacks: '' },
  { ref: 'MAP 3', asks: 'Benefits, costs and human oversight are weighed.', coverage: 'part', where: 'Success and guard-rail metric, simpler alternative (gate 1); choice decisions with options.', lacks: 'Cost to people outside of the organisation.' },
  { ref: 'MAP 4', asks: 'Risks of all components are mapped.', coverage: 'part', where: 'Failure modes and degraded mode (gate 5); pinned code, data and model (gate 4).', lacks: 'A component-wise risk register.' },
  { ref: 'MAP 5', asks: 'Impact on people and society is assessed.', coverage: 'none', where: '', lacks: 'An impact assessment; link it as a document.' },
  { ref: 'MEASURE 1', asks: 'Suitable metrics and methods are chosen.', coverage: 'evidence', where: 'Metric items with query, window, limit and minimum samples; targets of value items.', lacks: '' },
  { ref: 'MEASURE 2', asks: 'The system is evaluated: validity, safety, security, fairness, privacy.', coverage: 'part', where: 'Evaluation and slices, fairness where asked (gate 3); load test and security review (gate 5); canary against stable (gate 9).', lacks: 'Explainability, environmental impact, and whatever the template does not ask.' },
  { ref: 'MEASURE 3', asks: 'Risks are tracked over time.', coverage: 'evidence', where: 'Drift and skew (gates 6, 9), soak, standing watch after stable, live quality after the label delay (gate 11).', lacks: '' },
  { ref: 'MEASURE 4', asks: 'Whether measuring works is itself checked.', coverage: 'part', where: 'Gate 6 (series exist, test alert), offline metric beside the live one (gate 11).', lacks: 'Feedback from experts outside of the teams.' },
  { ref: 'MANAGE 1', asks: 'Risks are ranked and answered; go or no-go is decided.', coverage: 'evidence', where: 'Gate 8 with its evidence snapshot; conditions, waivers with expiry, residual risk in the reasons.', lacks: '' },
  { ref: 'MANAGE 2', asks: 'There are means to sustain, override or switch off.', coverage: 'evidence', where: 'Gate 7: last stable version, rehearsed roll-back, triggers and decider; roll-backs that happened.', lacks: '' },
  { ref: 'MANAGE 3', asks: 'Third-party resources are watched.', coverage: 'part', where: 'Standing watch; provider version and retirement date.', lacks: 'Monitoring at the supplier.' },
  { ref: 'MANAGE 4', asks: 'Incidents and changes are handled and told.', coverage: 'part', where: 'Roll-back with cause, actions with owners, post-mortem documents, minutes.', lacks: 'Reports to authorities and affected people.' },
]

export const EU_AI_ACT: readonly CrossWalkRow[] = [
  { ref: 'Art. 9', asks: 'A risk management system over the whole life of the system.', coverage: 'part', where: 'Risk tier (gate 1), failure modes (gate 5), tests against limits set before (gates 3, 5, 9), conditions and waivers.', lacks: 'The risk analysis itself, and foreseeable misuse.' },
  { ref: 'Art. 10', asks: 'Data governance: origin, quality, bias of training, validation and test data.', coverage: 'part', where: 'Gate 2: pinned data, validation counts, privacy check; slices and fairness (gate 3).', lacks: 'How data was collected, and its legal basis.' },
  { ref: 'Art. 11, Annex IV', asks: 'Technical documentation, kept up to date.', coverage: 'part', where: 'Document list with owners, revisions and reviews; model card; this pack.', lacks: 'The documentation’s full content as Annex IV lists it.' },
  { ref: 'Art. 12', asks: 'The system itself records events over its lifetime.', coverage: 'part', where: 'Prediction logging is confirmed where the law needs it (gate 6).', lacks: 'The events of the running system: this is the record of its release, not of its use.' },
  { ref: 'Art. 13', asks: 'Deployers can understand and use the system rightly.', coverage: 'part', where: 'Model card, intended use and limits; user-facing message (gate 7).', lacks: 'Instructions for use.' },
  { ref: 'Art. 14', asks: 'People can oversee, override and stop it.', coverage: 'part', where: 'Holds, roll-back by one person, named on-call and decider (gate 7).', lacks: 'Oversight over single outputs in operation.' },
  { ref: 'Art. 15', asks: 'Accuracy, robustness and cyber security are suitable and measured.', coverage: 'part', where: 'Evaluation (gate 3), load and degraded mode, security review (gate 5), comparison in canary (gate 9).', lacks: 'Attacks on the model; they are asked in the LLM template only.' },
  { ref: 'Art. 17', asks: 'A quality management system with written procedures.', coverage: 'part', where: 'Template revision, separation of author and approver, record of every change.', lacks: 'The rest of the system: strategy, resources, suppliers.' },
  { ref: 'Art. 18', asks: 'Documentation is kept for ten years.', coverage: 'part', where: 'This pack verifies without Gatehouse and can be archived.', lacks: 'The archiving.' },
  { ref: 'Art. 19', asks: 'Automatically generated logs are kept, at least six months.', coverage: 'none', where: '', lacks: 'The logs of the running system.' },
  { ref: 'Art. 20', asks: 'Corrective action when the system does not conform.', coverage: 'part', where: 'Roll-back with cause, held version, actions and conditions.', lacks: 'Information of authorities, deployers and others.' },
  { ref: 'Art. 26', asks: 'Deployers use, watch and staff the system as instructed.', coverage: 'part', where: 'Monitoring ready (gate 6), standing watch, owners and on-call.', lacks: 'Information of workers and affected people.' },
  { ref: 'Art. 27', asks: 'Some deployers assess the impact on fundamental rights.', coverage: 'none', where: '', lacks: 'The assessment; link it as a document.' },
  { ref: 'Art. 72', asks: 'Post-market monitoring by a plan.', coverage: 'part', where: 'Standing watch, review date from the retrain interval, follow-up (gate 11).', lacks: 'The plan as the Commission’s template asks it.' },
  { ref: 'Art. 73', asks: 'Serious incidents are reported.', coverage: 'none', where: '', lacks: 'The reporting; the roll-back’s record may support it.' },
]
