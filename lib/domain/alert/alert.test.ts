/** What Alertmanager sends, and to whom it belongs: the documented payload, odd and hostile ones, and matching as a table. */
import { describe, expect, it } from 'vitest'
import { belonging, type AlertOwner } from './match'
import { alertsOf, webhookSchema } from './webhook'

/** As Alertmanager 0.25 posts it. */
const PAYLOAD = {
  receiver: 'gatehouse', status: 'firing',
  alerts: [{
    status: 'firing', labels: { alertname: 'ModelErrors', model_name: 'fraud', model_version: '4.2.0', severity: 'critical' }, annotations: { summary: 'Errors at 9 %' },
    startsAt: '2026-11-22T20:44:21.123456789Z', endsAt: '0001-01-01T00:00:00Z', generatorURL: 'http://prom:9090/graph?g0.expr=x&g0.tab=1', fingerprint: '8f1c22d5a4b0e7f3',
  }],
  groupLabels: { alertname: 'ModelErrors' }, commonLabels: {}, commonAnnotations: {}, externalURL: 'http://am:9093', version: '4', groupKey: '{}:{alertname="ModelErrors"}', truncatedAlerts: 0,
}

describe('the webhook payload', () => {
  it('is read as documented, and fields of a later version are dropped', () => {
    expect(alertsOf(webhookSchema.parse({ ...PAYLOAD, somethingNew: { a: 1 } }))).toEqual([{
      fingerprint: '8f1c22d5a4b0e7f3', startsAt: '2026-11-22T20:44:21.123Z', endsAt: null, name: 'ModelErrors', severity: 'critical', summary: 'Errors at 9 %',
      labels: { alertname: 'ModelErrors', model_name: 'fraud', model_version: '4.2.0', severity: 'critical' }, sourceUrl: 'http://prom:9090/graph?g0.expr=x&g0.tab=1',
    }])
  })

  const one = (change: object) => alertsOf(webhookSchema.parse({ ...PAYLOAD, alerts: [{ ...PAYLOAD.alerts[0], ...change }] }))[0]
  it.each([
    ['a resolved one ends when it says', { status: 'resolved', endsAt: '2026-11-22T21:00:00Z' }, { endsAt: '2026-11-22T21:00:00.000Z' }],
    ['a firing one has no end, whatever stands there', { endsAt: '2026-11-22T21:00:00Z' }, { endsAt: null }],
    ['a resolved one never ends before it began', { status: 'resolved', endsAt: '2020-01-01T00:00:00Z' }, { endsAt: '2026-11-22T20:44:21.123Z' }],
    ['no fingerprint: one is made of the labels', { fingerprint: '' }, { fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) }],
    ['no name', { labels: { severity: 'page' } }, { name: 'alert without a name' }],
    ['a link that is none', { generatorURL: 'javascript:alert(1)' }, { sourceUrl: null }],
    ['a label with a name that Prometheus would refuse', { labels: { alertname: 'A', 'b c': 'x', __proto__x: 'y' } }, { labels: { alertname: 'A', __proto__x: 'y' } }],
    ['a value without end is cut', { labels: { alertname: 'A', x: 'y'.repeat(10_000) } }, { labels: { alertname: 'A', x: `${'y'.repeat(299)}…` } }],
    ['null characters are left out', { annotations: { summary: 'a\u0000b' } }, { summary: 'ab' }],
  ])('%s', (_name, change, expected) => {
    expect(one(change)).toMatchObject(expected)
  })

  it('keeps at most forty labels, and takes at most two hundred alerts', () => {
    const labels = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`l${index}`, 'x']))
    expect(Object.keys(one({ labels })?.labels ?? {})).toHaveLength(40)
    expect(alertsOf(webhookSchema.parse({ ...PAYLOAD, alerts: Array.from({ length: 400 }, () => PAYLOAD.alerts[0]) }))).toHaveLength(200)
  })

  it.each([[{}], [{ ...PAYLOAD, version: '3' }], [{ ...PAYLOAD, alerts: 'x' }], [{ ...PAYLOAD, alerts: [{ status: 'odd' }] }]])('is refused when it is something else: %j', (payload) => {
    expect(webhookSchema.safeParse(payload).success).toBe(false)
  })
})

describe('to whom an alert belongs', () => {
  const owner = (more: Partial<AlertOwner>): AlertOwner => ({ kind: 'release', id: 'r1', name: 'FRAUD-12', modelId: 'm', environmentSlug: 'eu', labels: { model_name: 'fraud', model_version: '4.2.0' }, alerting: undefined, ...more })
  const stable = owner({ kind: 'live', id: 'l1', name: 'fraud 4.1.0 in EU', labels: { model_name: 'fraud', model_version: '4.1.0' } })
  const labels = { alertname: 'A', model_name: 'fraud', model_version: '4.2.0' }
  it.each([
    ['the version that it names', labels, [owner({}), stable], null, ['r1'], ''],
    ['several, when both match', { ...labels }, [owner({}), owner({ id: 'r2', environmentSlug: 'us' })], null, ['r1', 'r2'], ''],
    ['only those of the environment that the sender speaks for', labels, [owner({}), owner({ id: 'r2', environmentSlug: 'us' })], 'us', ['r2'], ''],
    ['labels that were set win over those of the metrics', { team: 'fraud' }, [owner({ alerting: { matchers: { team: 'fraud' }, proposes: 'never' } })], null, ['r1'], ''],
    ['nobody: the nearest is told with its first difference', { alertname: 'A', model_name: 'fraud' }, [owner({}), stable], null, [], 'Nearest is fraud 4.1.0 in EU: the alert has no label model_version.'],
    ['nobody: another value', { ...labels, model_version: '9' }, [owner({})], null, [], 'Nearest is FRAUD-12: model_version is "9", wanted "4.2.0".'],
    ['without labels nothing matches', labels, [owner({ labels: {} })], null, [], 'Nearest is FRAUD-12: no labels are set to match by.'],
    ['a label of one copy is not asked of an alert', labels, [owner({ labels: { model_name: 'fraud', model_version: '4.2.0', pod: 'fraud-0' } })], null, ['r1'], ''],
    ['an environment where nothing is', labels, [owner({})], 'apac', [], 'No release or live version in apac.'],
  ] as const)('%s', (_name, alert, owners, environment, expected, reason) => {
    const found = belonging(alert, owners, environment)
    expect(found.owners.map((one) => one.id)).toEqual(expected)
    expect(found.reason).toBe(reason)
  })
})
