'use client'
/** Opens the command palette by button or Ctrl-K; its code is loaded when it is first wanted. */
import { lazy, Suspense, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/small'

const Palette = lazy(() => import('@/components/shell/palette').then((m) => ({ default: m.Palette })))

/** Only one button on the page listens to the keys: the one that is in sight. */
export function PaletteButton({ isShort = false }: { isShort?: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const [wasOpened, setOpened] = useState(false)
  const open = () => {
    setOpened(true)
    setOpen(true)
  }
  useEffect(() => {
    if (isShort) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpened(true)
      setOpen((was) => !was)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isShort])
  return (
    <>
      <Button onClick={open} aria-haspopup="dialog" className={isShort ? 'md:hidden' : 'max-md:hidden'}>
        {isShort ? 'Search' : <>Search or act <Kbd>Ctrl K</Kbd></>}
      </Button>
      {wasOpened && (
        <Suspense fallback={null}>
          <Palette isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
