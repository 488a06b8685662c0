/** The Record screen's reads and what its buttons do; and how an evidence pack becomes a file on somebody's disk. */
import { queryOptions } from '@tanstack/react-query'
import type { RecordView } from '@/lib/domain/evidence-pack/view'
import { post, postForFile, read } from './api'

/** How often the screen looks while the check of the start still runs, milliseconds. */
const WAITING_MS = 1_500

export const recordQuery = () => queryOptions({
  queryKey: ['record'], queryFn: ({ signal }) => read<RecordView>('/record', signal),
  refetchInterval: ({ state }) => (state.data?.check.state === 'waiting' ? WAITING_MS : 60_000),
})

/** Verifies the whole record, makes a checkpoint, or replaces the key. Out: the record afterwards. Throws ApiError. */
export const checkRecord = (): Promise<RecordView> => post('/record/check', {})
export const makeCheckpoint = (): Promise<RecordView> => post('/record/checkpoints', {})
export const replaceKey = (): Promise<RecordView> => post('/record/keys', {})

/** Makes a pack and offers it for saving. In: a release's code, or a period as ISO instants. Throws ApiError. */
export async function savePack(scope: { readonly release: string } | { readonly from: string; readonly to: string }): Promise<void> {
  const { name, blob } = await postForFile('/evidence-packs', scope)
  saveAs(name ?? 'evidence.zip', blob)
}

/** Offers bytes for saving under a name. */
export function saveAs(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  // Some browsers read the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
