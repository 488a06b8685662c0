/** A labelled control with its hint and its error, wired together for screen readers; and the controls themselves. */
import { useId, type ComponentProps, type ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'

/** What a control inside of a Field must carry. Spread it onto the control. */
export interface ControlProps {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong and what to do, from the server or from the form. */
  error?: ReactNode
  /** Says "optional" beside the label. */
  isOptional?: boolean
  /** Hides the label from sight only. */
  isLabelHidden?: boolean
  className?: string | undefined
  children: (control: ControlProps) => ReactNode
}

/** Label above, control, hint or error below. In: a render function that spreads `control` onto its control. */
export function Field({ label, hint, error, isOptional = false, isLabelHidden = false, className, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const hasNote = Boolean(hint) || Boolean(error)
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'font-medium'}>
        {label}
        {isOptional && <span className="font-normal text-ink-3"> optional</span>}
      </label>
      {children({ id, ...(hasNote ? { 'aria-describedby': noteId } : {}), ...(error ? { 'aria-invalid': true } : {}) })}
      {hasNote && (
        <p id={noteId} className={classes('text-12', error ? 'text-failed' : 'text-ink-3')} role={error ? 'alert' : undefined}>
          {error || hint}
        </p>
      )}
    </div>
  )
}

/** One line of text. */
export function TextInput({ className, isMono = false, ...rest }: ComponentProps<'input'> & { isMono?: boolean }) {
  return <input type="text" autoComplete="off" {...rest} className={classes('control', isMono && 'mono', className)} />
}

/** For a field that begins with words: typing replaces them. */
export function selectAll(event: { readonly currentTarget: HTMLInputElement }): void {
  event.currentTarget.select()
}

/** Several lines of text; grows with what is written. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={3} {...rest} className={classes('control field-sizing-content max-h-96 min-h-20', className)} />
}

/** The native select. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={classes('control h-8 pr-6', className)}>{children}</select>
}

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode
  hint?: ReactNode
}

/** A tick with its label (and a hint below it). */
export function Checkbox({ label, hint, className, id, ...rest }: CheckboxProps) {
  const made = useId()
  const own = id ?? made
  return (
    <div className={classes('flex items-start gap-2', className)}>
      <input {...rest} id={own} type="checkbox" aria-describedby={hint ? `${own}-hint` : undefined} className="mt-0.5 size-4 shrink-0 accent-ink" />
      <div className="min-w-0">
        <label htmlFor={own}>{label}</label>
        {hint && <p id={`${own}-hint`} className="text-12 text-ink-3">{hint}</p>}
      </div>
    </div>
  )
}
