/** One piece of evidence as a link, with what it counts. */
import { AppLink } from '@/components/ui/app-link'
import type { EvidenceView } from '@/lib/domain/release/view'

/** What a piece counts: "412 passed, 3 failed". */
export function countWords(counts: NonNullable<EvidenceView['counts']>): string {
  const words = [`${counts.passed} passed`]
  if (counts.failed > 0) words.push(`${counts.failed} failed`)
  if (counts.skipped > 0) words.push(`${counts.skipped} skipped`)
  return words.join(', ')
}

/** The title as a link where it leads somewhere; only to this application or to http addresses. */
export function evidenceLink(piece: EvidenceView) {
  const href = piece.href !== null && /^(https?:\/\/|\/[^/])/.test(piece.href) ? piece.href : null
  const words = piece.counts ? `${piece.title}: ${countWords(piece.counts)}` : piece.title
  if (href === null) return <span>{words}</span>
  const isOutside = href.startsWith('http')
  return <AppLink href={href} className="text-link" {...(isOutside ? { target: '_blank', rel: 'noreferrer noopener' } : {})}>{words}</AppLink>
}
