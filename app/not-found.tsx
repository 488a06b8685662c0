/** What an address without a page shows. */
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'

export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-4 py-12">
      <h1 className="sr-only">Not found</h1>
      <EmptyState title="There is nothing at this address." action={<ButtonLink href="/">Go to the board</ButtonLink>}>
        It may have been mistyped, or it names something that you may not see. Releases are found by their code with Ctrl K.
      </EmptyState>
    </main>
  )
}
