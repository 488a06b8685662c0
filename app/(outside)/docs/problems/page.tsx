/** What the `type` of a problem document leads to: each problem of the API in a few words, for whoever reads a log. */
import type { Metadata } from 'next'
import { BrandName } from '@/components/gate/brand'
import { PROBLEMS } from '@/lib/domain/problem'

export const metadata: Metadata = { title: 'Problems' }

export default function ProblemsPage() {
  return (
    <main className="mx-auto max-w-2xl p-4 py-8">
      <BrandName className="mb-3" />
      <h1 className="text-20">Problems of the API</h1>
      <p className="mt-1 text-ink-2">
        A refused request is answered with a problem document (RFC 9457): <code className="mono">detail</code> says what is wrong this time, <code className="mono">code</code> is one of these.
      </p>
      {Object.entries(PROBLEMS).map(([code, { title, status, also, meaning, remedy }]) => (
        <section key={code} id={code} aria-labelledby={`${code}-title`} className="mt-4 scroll-mt-4 rounded-surface border border-line bg-surface p-4 target:border-line-strong">
          <h2 id={`${code}-title`} className="text-16">{title}</h2>
          <p className="text-12 text-ink-2">
            <code className="mono">{code}</code> · {status}{also === undefined ? '' : `; ${also}`}
          </p>
          <p className="mt-2">{meaning}</p>
          <p className="mt-1">{remedy}</p>
        </section>
      ))}
    </main>
  )
}
