/** The fingerprint of a release: the parts that a judgement can rest on, and what differs between two readings of them (PRODUCT rule 1). */
import { PARTS } from '@/lib/domain/template/template'
import type { Part, Parts, ReleaseState, ResourceClaim, Serving } from './state'

function servingWords(serving: Serving): string {
  return [serving.image, serving.runtime, serving.precision, serving.batching].map((word) => word || '–').join(' · ')
}

/** The claim in one line, units with it: memory and storage in GiB, peak in requests a second, growth in percent per six months. */
export function claimWords(claim: ResourceClaim): string {
  const gpu = claim.gpuCount > 0 ? `${claim.gpuCount} × ${claim.gpuType || 'GPU'} ${claim.gpuMemoryGiB} GiB` : 'no GPU'
  return [
    `${claim.memoryGiB} GiB memory`, `${claim.cpuCores} CPU`, gpu, `${claim.storageGiB} GiB storage`,
    `${claim.peakPerSecond} req/s peak`, `${claim.growthPercent} % in six months`,
  ].join(' · ')
}

/** All parts as they are now. In: the state. Out: one readable value per part; an empty string where nothing was given. */
export function partsOf(state: Pick<ReleaseState, 'candidate' | 'evaluation' | 'serving' | 'claim' | 'lastStable'>): Parts {
  return {
    artefact: state.candidate.artefact,
    code: state.candidate.code,
    data: state.candidate.data,
    behaviour: state.candidate.behaviour,
    evaluation: state.evaluation,
    serving: servingWords(state.serving),
    claim: claimWords(state.claim),
    'last-stable': state.lastStable ? `${state.lastStable.label} (${state.lastStable.artefact})` : 'none',
  }
}

/** Only the named parts, as a judgement of one gate stores them. */
export function pickParts(parts: Parts, names: readonly Part[]): Partial<Record<Part, string>> {
  const picked: Partial<Record<Part, string>> = {}
  for (const name of PARTS) if (names.includes(name)) picked[name] = parts[name]
  return picked
}

export interface PartDifference {
  readonly part: Part
  readonly then: string
  readonly now: string
}

/** Which of the parts that were seen have another value now; empty when the judgement still stands. */
export function differences(then: Readonly<Partial<Record<Part, string>>>, now: Parts): readonly PartDifference[] {
  const found: PartDifference[] = []
  for (const part of PARTS) {
    const before = then[part]
    if (before !== undefined && before !== now[part]) found.push({ part, then: before, now: now[part] })
  }
  return found
}
