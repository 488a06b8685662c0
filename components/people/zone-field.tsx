'use client'
/** A time zone out of those that the browser knows. */
import { useSyncExternalStore } from 'react'
import { Field, Select } from '@/components/ui/field'

interface ZoneFieldProps {
  label: string
  hint?: string
  value: string | null
  onChange: (zone: string | null) => void
  /** Words for "none chosen"; without them one must be chosen. */
  none?: string
}

const NONE: readonly string[] = []
let known: readonly string[] | null = null

// The server's list may differ from the browser's, so it is left out of the first picture.
function zonesHere(): readonly string[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return known
}

export function ZoneField({ label, hint, value, onChange, none }: ZoneFieldProps) {
  const zones = useSyncExternalStore(() => () => {}, zonesHere, () => NONE)
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Select {...control} value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {value !== null && !zones.includes(value) && <option>{value}</option>}
          {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}
        </Select>
      )}
    </Field>
  )
}
