'use client'
/** Pieces of evidence: where each leads, what it counts, and the way to take it away. */
import { evidenceLink } from '@/components/gate/evidence-link'
import { useAsk } from '@/components/release/use-ask'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { formatBytes } from '@/lib/domain/format'
import type { EvidenceView, ItemView } from '@/lib/domain/release/view'

const KINDS: Record<EvidenceView['kind'], string> = { link: 'link', document: 'document', file: 'stored file', result: 'imported result', decision: 'decision' }

/** All pieces of an item. Nothing without any. */
export function EvidenceList({ item, canRemove }: { item: ItemView; canRemove: boolean }) {
  const ask = useAsk()
  if (item.evidence.length === 0) return null
  return (
    <ul role="list" aria-label={`Evidence of ${item.id}`} className="divide-y divide-line rounded-control border border-line bg-surface">
      {item.evidence.map((piece) => (
        <li key={piece.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
          <span className="min-w-0 flex-1 basis-56 break-words">
            {evidenceLink(piece)}
            <span className="block text-12 text-ink-2">
              {[KINDS[piece.kind], piece.counts?.format, piece.provider, piece.file && piece.file.size > 0 ? formatBytes(piece.file.size) : null].filter(Boolean).join(' · ')} · {piece.by.name} <Time at={piece.at} />
              {piece.file && <span className="mono"> · sha256 {piece.file.hash.slice(0, 8)}…{piece.file.hash.slice(-4)}</span>}
            </span>
          </span>
          {canRemove && <Button look="quiet" size="s" aria-label={`Remove ${piece.title}`} onClick={() => ask((asks) => asks.askRemoveEvidence(item, piece.id, piece.title))}>Remove</Button>}
        </li>
      ))}
    </ul>
  )
}
