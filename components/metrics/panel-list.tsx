'use client'
/** The panels in their order: chosen, moved and removed by pointer or key. */
import { classes } from '@/components/ui/class-names'
import { presetById } from '@/lib/domain/preset/catalogue'
import { latencyWords } from '@/lib/domain/preset/preset'
import type { Panel } from '@/lib/domain/release/panel'
import { nameOf, type Draft } from './panel-draft'
import { limitText } from './written'

interface PanelListProps {
  draft: Draft
  onChoose: (id: string) => void
  onMove: (id: string, by: number) => void
  onRemove: (id: string) => void
}

function detail(panel: Panel): string {
  const preset = panel.presetId === null ? null : presetById(panel.presetId)
  const what = panel.query !== null ? 'own PromQL' : preset ? [preset.stack, latencyWords(preset)].filter(Boolean).join(', ') : 'preset that is not known here'
  return [limitText({ ...panel, unit: preset?.unit ?? panel.unit }), what].filter(Boolean).join(' · ')
}

const SMALL = 'inline-flex size-7 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-surface hover:text-ink aria-disabled:opacity-40 aria-disabled:hover:bg-transparent'

export function PanelList({ draft, onChoose, onMove, onRemove }: PanelListProps) {
  const { panels, chosen } = draft
  return (
    <ul role="list" aria-label="Panels" className="overflow-hidden rounded-control border border-line">
      {panels.map((panel, at) => (
        <li key={panel.id} className={classes('flex items-center gap-1 border-b border-line pr-1 last:border-b-0', panel.id === chosen ? 'border-l-2 border-l-ink bg-sunken' : 'border-l-2 border-l-transparent')}>
          <button
            type="button" data-autofocus={panel.id === chosen || undefined} aria-current={panel.id === chosen ? 'true' : undefined} onClick={() => onChoose(panel.id)}
            onKeyDown={(event) => {
              const by = event.altKey && event.key === 'ArrowUp' ? -1 : event.altKey && event.key === 'ArrowDown' ? 1 : 0
              if (by !== 0) { event.preventDefault(); onMove(panel.id, by) }
              else if (event.key === 'Delete' || event.key === 'Backspace') { event.preventDefault(); onRemove(panel.id) }
            }}
            className="min-w-0 flex-1 px-3 py-2 text-left"
          >
            <span className="block truncate font-medium">{panel.title.trim() === '' ? <span className="text-ink-3">Untitled</span> : panel.title}</span>
            <span className="block truncate text-12 text-ink-3">{detail(panel)}</span>
          </button>
          <button type="button" aria-label={`Move ${nameOf(panel)} up`} aria-disabled={at === 0} onClick={() => onMove(panel.id, -1)} className={SMALL}><Arrow /></button>
          <button type="button" aria-label={`Move ${nameOf(panel)} down`} aria-disabled={at === panels.length - 1} onClick={() => onMove(panel.id, 1)} className={SMALL}><Arrow isDown /></button>
          <button type="button" aria-label={`Remove ${nameOf(panel)}`} onClick={() => onRemove(panel.id)} className={SMALL}><svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" /></svg></button>
        </li>
      ))}
    </ul>
  )
}

function Arrow({ isDown = false }: { isDown?: boolean }) {
  return <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" className={isDown ? 'rotate-180' : undefined}><path d="M6 10V2.5M2.8 5.6L6 2.4l3.2 3.2" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" /></svg>
}
