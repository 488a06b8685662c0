/** An address without a page, outside of the frame. */
import { Brand } from '@/components/gate/brand'
import { NothingHere } from '@/components/shell/nothing-here'

export default function NotFound() {
  return (
    <main>
      <p className="mx-auto flex max-w-xl items-center gap-2 px-6 pt-6 text-14 font-semibold tracking-tight"><Brand />Gatehouse</p>
      <NothingHere />
    </main>
  )
}
