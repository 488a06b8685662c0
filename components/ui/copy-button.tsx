'use client'
/** Copies a text and says that it did. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'

/** In: the text; the label says what is copied ("Copy digest"). */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [said, setSaid] = useState(label)
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Copy is blocked here'),
    )
    setTimeout(() => setSaid(label), 2_000)
  }
  return <Button look="quiet" size="s" onClick={copy}><span aria-live="polite">{said}</span></Button>
}
