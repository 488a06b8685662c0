/** What an address says whose month is none. */
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface } from '@/components/ui/surface'

export function NoMonth({ month }: { month: string }) {
  return (
    <>
      <PageHead title="Calendar" />
      <Surface>
        <EmptyState title={`“${month}” is no month that the calendar shows.`} action={<ButtonLink href="/calendar" look="primary">Go to this month</ButtonLink>}>
          A month is written as 2026-11, and lies between 2000 and 2099.
        </EmptyState>
      </Surface>
    </>
  )
}
