'use client'
/** The frame of every dialog that ends in one command: saves, stays while it is saved, shows the refusal, closes when it is committed. */
import { useState, type ReactNode } from 'react'
import { useStage } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Problem } from '@/components/ui/problem'
import type { Refusal } from '@/lib/domain/aggregate'
import type { ReleaseCommand } from '@/lib/domain/release/commands'

/** What every dialog of the screen gets. */
export interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

interface CommandDialogProps extends DialogProps {
  title: ReactNode
  description?: ReactNode
  confirm: string
  look?: 'primary' | 'danger'
  size?: 's' | 'm' | 'l'
  /** What is still missing in the form, said on the button; `null` when it can be sent. */
  missing?: string | null
  /** Everything is filled in: the dialog begins on its button, so that Enter sends it. */
  isPrepared?: boolean
  /** The commands, sent one after the other; it stops at the first refusal. */
  build: () => readonly ReleaseCommand[]
  children?: ReactNode
}

/** In: the words, what is missing, how the form becomes commands. */
export function CommandDialog({ isOpen, onClose, title, description, confirm, look = 'primary', size, missing = null, isPrepared = false, build, children }: CommandDialogProps) {
  const { send } = useStage()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const submit = async () => {
    if (missing !== null) return
    setBusy(true)
    let no: Refusal | null = null
    for (const command of build()) {
      no = await send(command)
      if (no) break
    }
    setBusy(false)
    setRefusal(no)
    if (!no) onClose()
  }
  return (
    <Dialog
      open={isOpen} onClose={onClose} title={title} description={description} isBusy={isBusy} {...(size ? { size } : {})} onSubmit={() => void submit()}
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" {...(isPrepared ? { 'data-autofocus': true } : {})} look={look} isBusy={isBusy} refusal={missing}>{confirm}</Button></>}
    >
      {children}
      <Problem refusal={refusal} />
    </Dialog>
  )
}
