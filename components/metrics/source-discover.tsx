'use client'
/** Asks a source which serving stack stands behind some labels, and offers the panels that have data. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Chip } from '@/components/ui/small'
import { ApiError, post } from '@/lib/client/api'
import type { Refusal } from '@/lib/domain/aggregate'
import { formatPlural } from '@/lib/domain/format'
import { valueText } from '@/lib/domain/preset/unit'
import type { Panel } from '@/lib/domain/release/panel'
import type { Discovery, ProposedPanel } from '@/lib/domain/source/discovery'

interface SourceDiscoverProps {
  /** The source to ask; `null` when the environment has none. */
  sourceId: string | null
  /** Labels of the candidate; `null` while they cannot be read. */
  selector: Readonly<Record<string, string>> | null
  /** Panels that are there already: they are not offered again. */
  taken?: readonly Panel[]
  onChoose: (panels: readonly Panel[]) => void
}

/** More than this is no longer looked at; the rest is one tick away. */
const CHOSEN_FIRST = 8

function panelOf({ presetId, title, unit }: ProposedPanel): Panel {
  return { id: presetId, title, presetId, query: null, unit, threshold: null }
}

/** Why nothing can be asked; `null` when it can. */
function whyNot({ sourceId, selector }: SourceDiscoverProps): string | null {
  if (sourceId === null) return 'This environment has no metrics source.'
  if (selector === null) return 'Write each label on a line of its own, as name=value.'
  return Object.keys(selector).length === 0 ? 'Write at least one label of the candidate first.' : null
}

export function SourceDiscover(props: SourceDiscoverProps) {
  const { sourceId, selector, taken = [], onChoose } = props
  const [found, setFound] = useState<Discovery | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const isTaken = (presetId: string) => taken.some((panel) => panel.presetId === presetId)
  const offered = (found?.panels ?? []).filter((panel) => !isTaken(panel.presetId))

  async function ask() {
    setBusy(true)
    setRefusal(null)
    try {
      const answer = await post<Discovery>(`/sources/${encodeURIComponent(sourceId ?? '')}/discover`, { selector })
      setFound(answer)
      setChosen(new Set(answer.panels.filter((panel) => !isTaken(panel.presetId)).slice(0, CHOSEN_FIRST).map((panel) => panel.presetId)))
    } catch (error) {
      setFound(null)
      setRefusal(error instanceof ApiError ? error.refusal : { code: 'conflict', message: 'The server could not be reached. Try again.' })
    }
    setBusy(false)
  }
  const toggle = (id: string) => setChosen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]))
  const choose = () => {
    onChoose(offered.filter((panel) => chosen.has(panel.presetId)).map(panelOf))
    setFound(null)
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button refusal={whyNot(props)} reasonAt="start" isBusy={isBusy} busyLabel="Asking the source…" onClick={() => void ask()}>Discover panels</Button>
        <span className="min-w-0 text-12 text-ink-3">Asks the source what the candidate’s labels reach, and offers what has data.</span>
      </div>
      <Problem refusal={refusal} />
      {found && (
        <section aria-label="What was discovered" className="flex flex-col gap-3 rounded-control bg-sunken p-3">
          <p role="status" className="font-medium">{found.sentence}</p>
          {offered.length > 0 && (
            <>
              {found.stacks.filter(({ stack }) => offered.some((panel) => panel.stack === stack)).map(({ stack, name }) => (
                <fieldset key={stack} className="flex min-w-0 flex-col gap-2">
                  <legend className="mb-1 text-12 font-medium text-ink-2">{name}</legend>
                  {offered.filter((panel) => panel.stack === stack).map((panel) => <Offer key={panel.presetId} panel={panel} isChosen={chosen.has(panel.presetId)} toggle={() => toggle(panel.presetId)} />)}
                </fieldset>
              ))}
              <div className="flex flex-wrap gap-2">
                <Button look="primary" refusal={offered.some((panel) => chosen.has(panel.presetId)) ? null : 'Choose at least one panel.'} reasonAt="start" onClick={choose}>{`Use ${formatPlural(offered.filter((panel) => chosen.has(panel.presetId)).length, 'panel')}`}</Button>
                <Button look="quiet" onClick={() => setFound(null)}>Leave it</Button>
              </div>
            </>
          )}
          {found.panels.length > 0 && offered.length === 0 && <p className="text-ink-2">All of them are among the panels already.</p>}
          <Tried found={found} />
        </section>
      )}
    </div>
  )
}

function Offer({ panel, isChosen, toggle }: { panel: ProposedPanel; isChosen: boolean; toggle: () => void }) {
  const how = [panel.words, panel.isAlternate ? `under the name ${panel.metrics[0] ?? ''}` : ''].filter((part) => part !== '').join(', ')
  return (
    <div className="flex items-start justify-between gap-3">
      <Checkbox
        className="min-w-0" checked={isChosen} onChange={toggle}
        label={<>{panel.title}{how !== '' && <span className="break-words text-ink-3"> ({how})</span>}</>}
        {...(panel.note === '' ? {} : { hint: panel.note })}
      />
      <span className="shrink-0 tabular-nums text-ink-2">{panel.value === null ? 'no traffic' : valueText(panel.value, panel.unit)}</span>
    </div>
  )
}

const OUTCOMES = { panels: 'has data', silent: 'known by name, no data', absent: 'not there' } as const

function Tried({ found }: { found: Discovery }) {
  return (
    <details className="text-12 text-ink-2">
      <summary className="w-fit cursor-pointer font-medium">What was tried</summary>
      <ul className="mt-2 flex flex-col gap-1">
        {found.tried.toSorted((a, b) => b.found.length - a.found.length).map((one) => (
          <li key={one.stack}>
            <span className="font-medium">{one.name}</span>: {OUTCOMES[one.outcome]}; {one.found.length} of {one.wanted.length} names{one.found[0] === undefined ? `, such as ${one.wanted[0] ?? ''}` : ''}
            {one.reasons.map((reason) => <p key={reason} className="text-ink-3">{reason}</p>)}
          </li>
        ))}
      </ul>
      {found.unknown.length > 0 && (
        <div className="mt-3 flex flex-wrap items-center gap-1"><span>Names that no preset reads:</span>{found.unknown.map((name) => <Chip key={name} className="mono h-auto max-w-full break-all whitespace-normal">{name}</Chip>)}</div>
      )}
    </details>
  )
}
