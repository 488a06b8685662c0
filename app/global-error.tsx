'use client'
/** The last resort, when even the document around the pages broke. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <h1>Gatehouse broke</h1>
        <p>Nothing that was saved is lost.</p>
        <button type="button" onClick={reset}>Try again</button>
      </body>
    </html>
  )
}
