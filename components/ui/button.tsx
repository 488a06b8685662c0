/** Buttons and links that look like them; a refused one says why before it is pressed. */
import { AppLink } from '@/components/ui/app-link'
import { useId, type ComponentProps, type ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'
import { Reason } from '@/components/ui/reason'

export type ButtonLook = 'primary' | 'plain' | 'danger' | 'quiet'
export type ButtonSize = 'm' | 's'

const LOOKS: Record<ButtonLook, string> = {
  primary: 'border-ink bg-ink text-paper hover:not-aria-disabled:bg-ink-2 hover:not-aria-disabled:border-ink-2',
  plain: 'border-line-strong bg-surface text-ink hover:not-aria-disabled:bg-sunken',
  danger: 'border-failed bg-surface text-failed hover:not-aria-disabled:bg-failed-bg',
  quiet: 'border-transparent bg-transparent text-ink-2 hover:not-aria-disabled:bg-sunken hover:not-aria-disabled:text-ink',
}
const SIZES: Record<ButtonSize, string> = { m: 'h-8 px-3 gap-2 text-13', s: 'h-7 px-2 gap-1 text-12' }

function look(name: ButtonLook, size: ButtonSize): string {
  return classes(
    'inline-flex shrink-0 select-none items-center justify-center rounded-control border font-medium whitespace-nowrap transition-colors duration-100',
    'aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-ink-3',
    LOOKS[name], SIZES[size],
  )
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  look?: ButtonLook
  size?: ButtonSize
  /** Why the action would be refused; shown on hover and focus, read out, and the button does nothing. */
  refusal?: string | null | undefined
  /** Shows that the action is under way (a judgement of record stays so until it is committed). */
  isBusy?: boolean
  /** What to say while busy; "Saving…" when absent. */
  busyLabel?: ReactNode
  /** Where the reason opens, for a button at the left edge of its surface. */
  reasonAt?: 'start' | 'end'
}

/** A button. With `refusal` it stays focusable but inert and explains itself. */
export function Button({ look: name = 'plain', size = 'm', refusal, isBusy = false, busyLabel = 'Saving…', reasonAt = 'end', className, children, onClick, type = 'button', ...rest }: ButtonProps) {
  const id = useId()
  if (refusal) {
    return (
      <span className="group/reason relative inline-flex">
        <button {...rest} type="button" aria-disabled="true" aria-describedby={id} className={classes(look(name, size), className)}>{children}</button>
        <Reason id={id} at={reasonAt}>{refusal}</Reason>
      </span>
    )
  }
  return (
    <button {...rest} type={isBusy ? 'button' : type} aria-disabled={isBusy || undefined} onClick={isBusy ? undefined : onClick} className={classes(look(name, size), className)}>
      {isBusy ? busyLabel : children}
    </button>
  )
}

interface ButtonLinkProps extends Omit<ComponentProps<typeof AppLink>, 'href'> {
  href: string
  look?: ButtonLook
  size?: ButtonSize
  refusal?: string | null | undefined
}

/** A link that looks like a button; with `refusal` it is text that explains itself. */
export function ButtonLink({ look: name = 'plain', size = 'm', refusal, className, children, href, ...rest }: ButtonLinkProps) {
  const id = useId()
  if (refusal) {
    return (
      <span className="group/reason relative inline-flex">
        <a role="link" aria-disabled="true" tabIndex={0} aria-describedby={id} className={classes(look(name, size), className)}>{children}</a>
        <Reason id={id} at="end">{refusal}</Reason>
      </span>
    )
  }
  return <AppLink {...rest} href={href} className={classes(look(name, size), className)}>{children}</AppLink>
}
