'use client'
/** What a page shows when it broke: that nothing was lost, how to try again, and the number under which the server logged it. */

/** Made of plain elements, because it travels with every page. In: what broke, and the way to draw the page again. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="mx-auto max-w-xl px-6 py-12">
      <h1>This page broke.</h1>
      <p className="mt-2 text-ink-2">Nothing that was saved is lost.{error.digest ? <> If it happens again, tell an admin this number: <code>{error.digest}</code>.</> : null}</p>
      <button type="button" onClick={reset} className="mt-4 h-8 rounded-control border border-ink bg-ink px-3 font-medium text-paper">Try again</button>
    </div>
  )
}
