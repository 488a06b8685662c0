'use client'
/** What a page shows when it broke: that nothing was lost, how to try again, and the number under which the server logged it. */
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-xl px-4 py-12">
      <h1 className="sr-only">This page broke</h1>
      <EmptyState title="This page broke." action={<Button look="primary" onClick={reset}>Try again</Button>}>
        Nothing that was saved is lost. {error.digest ? <>If it happens again, tell an admin this number: <code>{error.digest}</code>.</> : null}
      </EmptyState>
    </main>
  )
}
