'use client'
/** A button that sends one command of record: it says why it would be refused, shows "Saving…" until it is committed, and a refusal as a note that stays. */
import { useState, type ReactNode } from 'react'
import { useStage, why } from '@/components/release/stage'
import { showToast } from '@/components/shell/toasts'
import { Button, type ButtonLook, type ButtonSize } from '@/components/ui/button'
import type { ReleaseCommand } from '@/lib/domain/release/commands'

interface CommandButtonProps {
  command: ReleaseCommand
  /** Key in `view.can`. */
  probe?: string
  look?: ButtonLook
  size?: ButtonSize
  /** Said once it is committed. */
  done?: string
  reasonAt?: 'start' | 'end'
  children: ReactNode
}

/** Sends its command when pressed. */
export function CommandButton({ command, probe, look, size, done, reasonAt, children }: CommandButtonProps) {
  const { view, send } = useStage()
  const [isBusy, setBusy] = useState(false)
  const press = () => {
    setBusy(true)
    void send(command).then((refusal) => {
      setBusy(false)
      if (refusal) showToast({ message: refusal.message, isFailure: true })
      else if (done) showToast({ message: done })
    })
  }
  return (
    <Button {...(look ? { look } : {})} {...(size ? { size } : {})} {...(reasonAt ? { reasonAt } : {})} refusal={probe ? why(view, probe) : null} isBusy={isBusy} onClick={press}>
      {children}
    </Button>
  )
}
