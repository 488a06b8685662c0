/** An address without a page, inside of the frame. */
import { NothingHere } from '@/components/shell/nothing-here'

export default function NotFound() {
  return <NothingHere />
}
