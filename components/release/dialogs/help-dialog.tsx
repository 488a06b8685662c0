'use client'
/** The keys of this screen. */
import type { DialogProps } from '@/components/release/dialogs/command-dialog'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/small'

const KEYS: readonly (readonly [string, string])[] = [
  ['j', 'next gate'], ['k', 'previous gate'], ['b', 'the gate with the ball'], ['s', 'sign off this gate'], ['x', 'reject this gate'], ['e', 'evidence for the first open item'],
  ['d', 'record a decision'], ['c', 'attach a document'], ['r', 'roll back'], ['t', 'timeline'], ['Ctrl K', 'search or act'], ['?', 'these keys'],
]

export function HelpDialog({ isOpen, onClose }: DialogProps) {
  return (
    <Dialog open={isOpen} onClose={onClose} title="Keys" size="s" footer={<Button onClick={onClose}>Close</Button>}>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-2">
        {KEYS.map(([key, what]) => <div key={key} className="col-span-2 grid grid-cols-subgrid"><dt><Kbd>{key}</Kbd></dt><dd>{what}</dd></div>)}
      </dl>
    </Dialog>
  )
}
