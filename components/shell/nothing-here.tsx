/** What an address without a page says. */
import { AppLink } from '@/components/ui/app-link'

/** Made of few plain elements, because it travels with every page. */
export function NothingHere() {
  return (
    <div className="mx-auto max-w-xl px-6 py-12">
      <h1>There is nothing at this address.</h1>
      <p className="mt-2 text-ink-2">It may have been mistyped, or it names something that you may not see. Releases are found by their code with Ctrl K.</p>
      <p className="mt-4"><AppLink href="/" className="text-link">Go to the board</AppLink></p>
    </div>
  )
}
