/** Alerts that belong to a version, firing ones first as they came. */
import type { ReactNode } from 'react'
import { Mark } from '@/components/gate/mark'
import { AppLink } from '@/components/ui/app-link'
import { Pill } from '@/components/ui/pill'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import type { AlertView } from '@/lib/domain/alert/view'

const SHOWN = 10

export function AlertsCard({ alerts, children }: { alerts: readonly AlertView[]; children?: ReactNode }) {
  return (
    <Surface id="alerts" aria-label="Alerts">
      <SurfaceHead title="Alerts" note={alerts.length === 0 ? undefined : alerts.length}>{children}</SurfaceHead>
      {alerts.length === 0 ? <p className="px-4 py-3 text-ink-2">None came in for its labels. <AppLink href="/settings/alerts" className="text-link">What came in at all</AppLink></p> : (
        <ul role="list" className="divide-y divide-line">
          {alerts.slice(0, SHOWN).map((alert) => (
            <li key={alert.key} className="flex gap-2 px-4 py-2">
              <span className="pt-1"><Mark state={alert.endsAt === null ? 'risk' : 'passed'} size={14} label={alert.endsAt === null ? 'firing' : 'resolved'} /></span>
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2"><span className="font-medium break-words">{alert.name}</span>{alert.severity !== '' && <Pill state="idle">{alert.severity}</Pill>}</p>
                {alert.summary !== '' && <p className="text-12 break-words">{alert.summary}</p>}
                <p className="text-12 text-ink-2">{alert.endsAt === null ? <>fires since <Time at={alert.startsAt} as="moment" /></> : <><Time at={alert.startsAt} as="moment" /> until <Time at={alert.endsAt} as="moment" />, resolved</>}{alert.sourceUrl !== null && <> · <a href={alert.sourceUrl} rel="noreferrer" target="_blank" className="text-link">in Prometheus</a></>}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Surface>
  )
}
