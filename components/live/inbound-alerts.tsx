'use client'
/** The alerts that came in last: what each was matched to, or why to nothing; and how Alertmanager is told to send them. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { ButtonLink } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Pill } from '@/components/ui/pill'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Checkbox } from '@/components/ui/field'
import { Time } from '@/components/ui/time'
import { inboundAlertsQuery } from '@/lib/client/live-versions'
import type { InboundView } from '@/lib/domain/alert/view'

function exampleFor(url: string): string {
  return `receivers:\n  - name: gatehouse\n    webhook_configs:\n      - url: ${url}\n        send_resolved: true\n        max_alerts: 200\n        http_config:\n          authorization:\n            credentials_file: /etc/alertmanager/gatehouse-token\n`
}

export function InboundAlerts() {
  const { data } = useSuspenseQuery(inboundAlertsQuery())
  const [isOnlyUnmatched, setOnlyUnmatched] = useState(false)
  const unmatched = data.alerts.filter((alert) => !alert.isMatched).length
  const shown = isOnlyUnmatched ? data.alerts.filter((alert) => !alert.isMatched) : data.alerts
  return (
    <>
      <PageHead title="Alerts" lead={data.alerts.length === 0 ? 'Alertmanager tells Gatehouse here what fires.' : <><b>{unmatched === 0 ? 'Every alert' : `${data.alerts.length - unmatched} of ${data.alerts.length} alerts`}</b> that came in last belonged to a release or a live version.</>} />
      <div className="flex flex-col gap-4">
        <Surface aria-label="Set-up">
          <SurfaceHead title="How Alertmanager sends them"><CopyButton text={exampleFor(data.url)} label="Copy the receiver" /></SurfaceHead>
          <div className="flex flex-col gap-2 px-4 py-3">
            <p className="max-w-prose text-ink-2">Make an API token with the scope “alert”, put it into a file that Alertmanager can read, and add this receiver. An alert belongs to every release and live version whose labels it carries; those are the labels of its metrics, unless its page says otherwise.</p>
            <pre tabIndex={0} aria-label="Receiver for alertmanager.yml" className="overflow-x-auto rounded-control border border-line bg-sunken px-3 py-2 text-12">{exampleFor(data.url)}</pre>
          </div>
        </Surface>
        <Surface aria-label="Alerts that came in">
          <SurfaceHead title="What came in" note="the last 200">{unmatched > 0 && <Checkbox label={`Only the ${unmatched} that matched nothing`} checked={isOnlyUnmatched} onChange={(event) => setOnlyUnmatched(event.target.checked)} />}</SurfaceHead>
          {shown.length === 0 ? <EmptyState title="No alert came in yet" action={<ButtonLink href="/settings/tokens">API tokens</ButtonLink>}>When the receiver is set up, what fires stands here within seconds, whether it matches something or not.</EmptyState>
            : <ul role="list" className="divide-y divide-line">{shown.map((alert) => <Line key={alert.id} alert={alert} />)}</ul>}
        </Surface>
      </div>
    </>
  )
}

function Line({ alert }: { alert: InboundView }) {
  const labels = Object.entries(alert.labels).filter(([name]) => name !== 'alertname' && name !== 'severity')
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2"><span className="font-medium break-words">{alert.name}</span>{alert.severity !== '' && <Pill state="idle">{alert.severity}</Pill>}<Pill state={alert.endsAt === null ? 'risk' : 'passed'} hasMark>{alert.endsAt === null ? 'firing' : 'resolved'}</Pill></p>
        {alert.summary !== '' && <p className="text-12 break-words">{alert.summary}</p>}
        <p className="mono break-all text-ink-3">{labels.map(([name, value]) => `${name}=${value}`).join(' ')}</p>
      </div>
      <div className="min-w-0 flex-1 basis-56 text-12">
        {alert.targets.map((target) => (
          <p key={target.id} className="break-words">{target.kind === 'release' ? <AppLink href={`/releases/${target.id}`} className="text-link">{target.name}</AppLink> : target.name}{target.trouble !== '' && <span className="text-failed">: {target.trouble}</span>}</p>
        ))}
        {alert.reason !== '' && <p className="break-words text-ink-2"><b className="font-medium text-ink">Matched nothing.</b> {alert.reason}</p>}
      </div>
      <p className="text-12 text-ink-2"><Time at={alert.receivedAt} /></p>
    </li>
  )
}
