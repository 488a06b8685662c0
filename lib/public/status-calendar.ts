/** Makes the calendar of planned releases, which people subscribe to. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { oneLine } from '@/lib/domain/message/cut'
import { plannedReleases } from '@/lib/domain/status/planned'
import type { StatusSnapshot } from '@/lib/public/status-feed'

/** In: the picture, the page's address. Out: an iCalendar document (RFC 5545) of all-day events with ids that stay. */
export function statusCalendar({ status, asOf }: StatusSnapshot, url: string): string {
  const { host } = new URL(url)
  const calendar = ical({ name: oneLine(`${status.title}: planned releases`), prodId: { company: 'Gatehouse', product: 'Status page', language: 'EN' }, method: ICalCalendarMethod.PUBLISH, ttl: 3600, url })
  for (const one of plannedReleases(status)) {
    calendar.createEvent({
      id: `${one.id}@${host}`, start: new Date(one.startsAt), end: new Date(one.endsAt), allDay: true, stamp: new Date(asOf), summary: oneLine(one.name), description: oneLine(one.words), url,
      status: one.isRollingOut ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    })
  }
  return calendar.toString()
}
