/** The lines of the shipped templates as the sentence names them: a few words, as a person would say them in a meeting. */
export const SHORT_TITLES: Readonly<Record<string, string>> = {
  '1.1': 'scope of use', '1.2': 'success metrics', '1.3': 'simpler alternative', '1.4': 'dates and freezes', '1.5': 'risk and legal class', '1.6': 'owners and on-call',
  '2.1': 'pinned training data', '2.2': 'schema report', '2.3': 'privacy check', '2.4': 'feature review', '2.5': 'time to a new feature', '2.6': 'feature tests', '2.7': 'label delay',
  '2.8': 'pipeline freshness', '2.9': 'upstream owners',
  '3.1': 'evaluation against stable', '3.2': 'slice table', '3.3': 'fairness result', '3.4': 'tuning record', '3.5': 'staleness study', '3.6': 'model card', '3.7': 'offline score',
  '3.8': 'red-team evaluation', '3.9': 'groundedness',
  '4.1': 'recorded digests', '4.2': 'second training run', '4.3': 'pipeline tests', '4.4': 'traced example', '4.5': 'difference from stable', '4.6': 'pinned prompt and index',
  '5.1': 'environment choice', '5.2': 'resource claim', '5.3': 'load test evidence', '5.4': 'failure modes', '5.5': 'security review', '5.6': 'staging latency', '5.7': 'memory headroom',
  '5.8': 'CPU throttling', '5.9': 'GPU memory', '5.10': 'volume use', '5.11': 'observed against declared', '5.12': 'time to first token', '5.13': 'inter-token latency', '5.14': 'cost per request', '5.15': 'provider retirement',
  '6.1': 'dashboard', '6.2': 'alerts and runbooks', '6.3': 'live series', '6.4': 'exported drift', '6.5': 'test alert', '6.6': 'prediction logging',
  '7.1': 'resolvable last stable', '7.2': 'steps and triggers', '7.3': 'rehearsal', '7.4': 'schema compatibility', '7.5': 'user message', '7.6': 'fallback model',
  '9.1': 'soaked steps', '9.2': 'error ratio', '9.3': 'p95 latency', '9.4': 'drift', '9.5': 'invalid predictions', '9.6': 'skew', '9.7': 'guard-rail metric', '9.8': 'open incidents',
  '9.9': 'time to first token', '9.10': 'inter-token latency',
  '10.1': 'version share', '10.2': 'final soak', '10.3': 'age clock', '10.4': 'stakeholders',
  '11.1': 'live quality', '11.2': 'offline against live', '11.3': 'conditions', '11.4': 'waivers', '11.5': 'retrospective', '11.6': 'template improvements',
}
