'use client'
/** The native modal dialog: focus goes in and comes back, Escape and the backdrop close it unless something is being saved. */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** One sentence below the title: what this does and to what. */
  description?: ReactNode
  /** Buttons at the bottom; the main one last. */
  footer?: ReactNode
  size?: 's' | 'm' | 'l' | 'xl'
  /** While something is being saved the dialog stays. */
  isBusy?: boolean
  /** With it the content is a form, and Enter or the submit button calls it. */
  onSubmit?: () => void
  children?: ReactNode
}

const WIDTHS = { s: 'max-w-md', m: 'max-w-xl', l: 'max-w-3xl', xl: 'max-w-5xl' }

/** A modal dialog. Its children are made anew each time that it opens. */
export function Dialog({ open, onClose, title, description, footer, size = 'm', isBusy = false, onSubmit, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const opener = useRef<Element | null>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (open && !dialog.open) {
      opener.current = document.activeElement
      dialog.showModal()
      // Begin where the dialog says, else where something is to be written or chosen, else where the browser begins.
      const first = dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, select')
      first?.focus()
    }
    if (!open && dialog.open) dialog.close()
    if (!open) opener.current = null
  }, [open])
  // Whoever takes an open dialog out of the page leaves no chance to the browser, which gives the focus back on close only.
  useEffect(() => () => {
    if (opener.current instanceof HTMLElement && document.activeElement === document.body) opener.current.focus()
  }, [])
  const body = (
    <>
      <header className="px-6 pt-6 pb-3">
        <h2 id={`${id}-title`} className="text-16">{title}</h2>
        {description && <p id={`${id}-description`} className="mt-1 text-ink-2">{description}</p>}
      </header>
      {/* what does not fit scrolls: nothing in it is squeezed until it overlaps its neighbour */}
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-6 py-2 *:shrink-0">{children}</div>
      <footer className="flex flex-wrap items-center justify-end gap-2 px-6 pt-3 pb-6">{footer}</footer>
    </>
  )
  const column = 'flex max-h-[calc(100dvh-48px)] flex-col'
  return (
    <dialog
      ref={ref}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        event.preventDefault()
        if (!isBusy) onClose()
      }}
      onClose={() => {
        if (open) onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget && !isBusy) onClose()
      }}
      className={classes('m-auto w-[calc(100vw-24px)] overflow-visible rounded-surface border border-line bg-surface p-0 text-ink shadow-float', WIDTHS[size])}
    >
      {open &&
        (onSubmit ? (
          <form
            className={column}
            onSubmit={(event) => {
              event.preventDefault()
              if (!isBusy) onSubmit()
            }}
          >
            {body}
          </form>
        ) : (
          <div className={column}>{body}</div>
        ))}
    </dialog>
  )
}
