/** A field for a new password: what it needs is said before, and what is typed can be seen. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'

interface PasswordFieldProps {
  label?: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
}

export function PasswordField({ label = 'New password', value, onChange, error }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false)
  return (
    <Field label={label} hint="At least 12 characters; a sentence is easy to remember." error={error}>
      {(control) => (
        <div className="flex gap-2">
          <TextInput {...control} type={isShown ? 'text' : 'password'} required minLength={12} maxLength={200} autoComplete="new-password" value={value} onChange={(event) => onChange(event.target.value)} />
          <Button onClick={() => setShown(!isShown)} aria-pressed={isShown}>{isShown ? 'Hide' : 'Show'}</Button>
        </div>
      )}
    </Field>
  )
}
