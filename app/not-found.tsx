/** An address without a page, outside of the frame. */
import { BrandName } from '@/components/gate/brand'
import { NothingHere } from '@/components/shell/nothing-here'

export default function NotFound() {
  return (
    <main>
      <BrandName className="mx-auto max-w-xl px-6 pt-6" />
      <NothingHere />
    </main>
  )
}
