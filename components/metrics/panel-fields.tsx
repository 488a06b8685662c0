'use client'
/** The fields of one panel: what it shows, by preset or own PromQL, its unit, and the limit with its direction. */
import { PromqlEditor } from '@/components/promql/promql-editor'
import { Button } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'
import { presetById, presetsOf } from '@/lib/domain/preset/catalogue'
import { latencyWords, STACKS } from '@/lib/domain/preset/preset'
import { UNITS } from '@/lib/domain/preset/unit'
import type { Panel } from '@/lib/domain/release/panel'
import { asOwnQuery, asPreset, comparatorFor, type Comparator } from './panel-draft'
import { writtenText } from './written'

const COMPARATORS: readonly { readonly id: Comparator; readonly words: string }[] = [{ id: '<=', words: 'at most ≤' }, { id: '<', words: 'below <' }, { id: '>=', words: 'at least ≥' }, { id: '>', words: 'above >' }]
const UNIT_WORDS: Readonly<Record<string, string>> = { s: 'seconds', ratio: 'ratio, 0 to 1', bytes: 'bytes', score: 'plain number', count: 'count', days: 'days', currency: 'money' }

interface PanelFieldsProps {
  panel: Panel
  sourceId: string | null
  /** Why no own query may be written; `null` when one may. */
  refusal: string | null
  /** What Prometheus says of the query, from the preview. */
  errors: readonly string[]
  onChange: (part: Partial<Panel>) => void
  onFault: (message: string | null) => void
}

export function PanelFields({ panel, sourceId, refusal, errors, onChange, onFault }: PanelFieldsProps) {
  const preset = panel.presetId === null ? null : presetById(panel.presetId)
  const unit = preset?.unit ?? panel.unit
  const name = panel.title.trim() || 'the new panel'
  const { threshold } = panel
  const compare = (value: string) => {
    const found = COMPARATORS.find((one) => one.id === value)
    onChange({ threshold: found ? { comparator: found.id, value: threshold?.value ?? 0 } : null })
  }
  return (
    <>
      <Field label="Title">{(control) => <TextInput {...control} required maxLength={80} value={panel.title} placeholder="Such as Requests per second" onChange={(event) => onChange({ title: event.target.value })} />}</Field>
      {panel.query === null ? (
        <div className="flex flex-wrap items-end gap-2">
          <Field label="Preset" className="flex-1 basis-56" hint={preset?.note}>
            {(control) => (
              <Select {...control} value={panel.presetId ?? ''} onChange={(event) => onChange(asPreset(panel, event.target.value))}>
                {preset === null && <option value={panel.presetId ?? ''}>{panel.presetId ?? 'Choose…'}</option>}
                <PresetOptions />
              </Select>
            )}
          </Field>
          <Button refusal={refusal} onClick={() => onChange(asOwnQuery(panel))}>Write PromQL</Button>
        </div>
      ) : (
        <div>
          <div className="mb-1 flex items-baseline justify-between gap-2"><span className="font-medium">PromQL</span>{refusal !== null && <span className="text-12 text-ink-3">{refusal}</span>}</div>
          <PromqlEditor key={panel.id} label={`PromQL of ${name}`} value={panel.query} onChange={(query) => onChange({ query })} sourceId={refusal === null ? sourceId : null} errors={errors} onFault={onFault} />
        </div>
      )}
      <div className="flex flex-wrap items-start gap-3">
        {panel.query !== null && (
          <Field label="Unit" className="w-36">
            {(control) => (
              <Select {...control} value={panel.unit} onChange={(event) => onChange({ unit: event.target.value })}>
                {!UNITS.some((one) => one === panel.unit) && <option>{panel.unit}</option>}
                {UNITS.map((one) => <option key={one} value={one}>{UNIT_WORDS[one] ?? one}</option>)}
              </Select>
            )}
          </Field>
        )}
        <Field label="Limit" className="w-32">
          {(control) => (
            <Select {...control} value={threshold?.comparator ?? ''} onChange={(event) => compare(event.target.value)}>
              <option value="">none</option>
              {COMPARATORS.toSorted((a) => (a.id === comparatorFor(preset?.direction ?? 'neutral') ? -1 : 0)).map((one) => <option key={one.id} value={one.id}>{one.words}</option>)}
            </Select>
          )}
        </Field>
        {threshold && (
          <Field label={`Value, ${UNIT_WORDS[unit] ?? unit}`} className="w-36" hint={Number.isFinite(threshold.value) ? `This is ${writtenText(threshold.value, unit)}.` : undefined}>
            {(control) => <TextInput {...control} type="number" step="any" required value={Number.isFinite(threshold.value) ? threshold.value : ''} onChange={(event) => onChange({ threshold: { ...threshold, value: event.target.value === '' ? Number.NaN : Number(event.target.value) } })} />}
          </Field>
        )}
      </div>
    </>
  )
}

/** All presets, by their stack. */
export function PresetOptions() {
  return STACKS.map((stack) => <optgroup key={stack} label={stack}>{presetsOf(stack).map((preset) => <option key={preset.id} value={preset.id}>{preset.title}{preset.latency ? ` (${latencyWords(preset)})` : ''}</option>)}</optgroup>)
}
