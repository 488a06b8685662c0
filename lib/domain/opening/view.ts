/** Everything that the page on which a release is opened must know, so that it can show what will happen before it is asked. */
import type { EnvironmentKind, Orchestrator } from '@/lib/domain/environment/state'
import type { Panel } from '@/lib/domain/release/panel'
import type { UnmetRule } from '@/lib/domain/template/attainable'
import type { RolloutStepTemplate, Tier } from '@/lib/domain/template/template'

export interface OpeningModel {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly codePrefix: string
  /** Not withdrawn, newest first. */
  readonly versions: readonly { readonly id: string; readonly label: string; readonly artefactLabel: string; readonly raw: string; readonly isPinned: boolean; readonly registeredAt: string }[]
}

export interface OpeningEnvironment {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: EnvironmentKind
  readonly orchestrator: Orchestrator
  readonly zone: string
  readonly hasSource: boolean
  /** Its metrics source, so that the form may discover panels. */
  readonly sourceId: string | null
  readonly freezes: readonly { readonly from: string; readonly to: string; readonly reason: string }[]
}

export interface OpeningLimit {
  readonly itemId: string
  readonly title: string
  readonly hint: string
  readonly unit: string
  readonly direction: 'at-most' | 'at-least'
  readonly minTier: Tier
}

export interface OpeningTemplate {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly revision: number
  readonly gateCount: number
  readonly steps: readonly RolloutStepTemplate[]
  /** Lines whose target or limit depends on the model, so that whoever opens says it. */
  readonly limits: readonly OpeningLimit[]
  /** By separation policy: gates that today's members cannot sign. */
  readonly unmet: Readonly<Record<'strict' | 'small-team', readonly UnmetRule[]>>
}

export interface OpeningPlace {
  readonly modelId: string
  readonly environmentId: string
  readonly lastStable: { readonly versionId: string; readonly label: string; readonly since: string } | null
  /** Versions that were rolled back here and whose cause nobody has written down. */
  readonly held: readonly { readonly versionId: string; readonly label: string }[]
  readonly rollingOut: { readonly releaseId: string; readonly code: string } | null
}

/** A serving stack with the panels that it offers and the labels by which its series are found. */
export interface OpeningStack {
  readonly id: string
  readonly name: string
  /** In the order in which a form offers them; the ones that name a version are marked. */
  readonly labels: readonly { readonly name: string; readonly isVersion: boolean }[]
  readonly panels: readonly Panel[]
}

export interface OpeningView {
  readonly stacks: readonly OpeningStack[]
  /** Panels of resources, offered beside every stack. */
  readonly resourcePanels: readonly Panel[]
  readonly models: readonly OpeningModel[]
  readonly environments: readonly OpeningEnvironment[]
  readonly templates: readonly OpeningTemplate[]
  /** Only pairs about which something is known; any other has no baseline. */
  readonly places: readonly OpeningPlace[]
  readonly people: readonly { readonly id: string; readonly name: string; readonly teams: readonly string[] }[]
  readonly teams: readonly { readonly id: string; readonly name: string }[]
  readonly separation: Readonly<Record<Tier, 'strict' | 'small-team'>>
  readonly allowed: { readonly open: string | null; readonly addVersion: string | null }
}
