/** The two ways to look at what happened to a release: entry by entry, and as lanes over time. */
import { Tabs } from '@/components/ui/small'

export function TimelineTabs({ code, at }: { code: string; at: 'entries' | 'lanes' }) {
  return (
    <Tabs label="Timeline" tabs={[
      { href: `/releases/${code}/timeline`, label: 'What happened', isOn: at === 'entries' },
      { href: `/releases/${code}/timeline/lanes`, label: 'Where time went', isOn: at === 'lanes' },
    ]} />
  )
}
