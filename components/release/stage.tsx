'use client'
/** What every part of the release screen shares: the view, how a command is sent, which gate is looked at, which dialog is open. */
import { createContext, useContext } from 'react'
import type { DialogRequest } from '@/components/release/dialog-request'
import type { Refusal } from '@/lib/domain/aggregate'
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import type { GateView, ItemView, ReleaseView } from '@/lib/domain/release/view'

export interface Stage {
  readonly view: ReleaseView
  /** Sends a command. Out: `null` once it is committed, else the refusal to show. */
  readonly send: (command: ReleaseCommand) => Promise<Refusal | null>
  readonly open: (request: DialogRequest) => void
  readonly gateId: string
  readonly select: (gateId: string) => void
}

const StageContext = createContext<Stage | null>(null)
export const StageProvider = StageContext.Provider

/** The stage around this part. Throws outside of a release screen, which is a mistake in the code. */
export function useStage(): Stage {
  const stage = useContext(StageContext)
  if (!stage) throw new Error('This part stands outside of a release screen.')
  return stage
}

/** Why a command is refused now, by the key of `view.can`; `null` when it is allowed or was not asked. */
export function why(view: ReleaseView, key: string): string | null {
  return view.can[key]?.message ?? null
}

/** Whether the command makes sense at all here: asked, and not refused because there is nothing to do it to. */
export function applies(view: ReleaseView, key: string): boolean {
  const refusal = view.can[key]
  return refusal === null || (refusal !== undefined && refusal.code !== 'not-found' && refusal.code !== 'closed' && refusal.code !== 'exists')
}

export function gateOf(view: ReleaseView, gateId: string): GateView | undefined {
  return view.gates.find((gate) => gate.id === gateId)
}

export function itemOf(view: ReleaseView, itemId: string): ItemView | undefined {
  for (const gate of view.gates) {
    const item = gate.items.find((one) => one.id === itemId)
    if (item) return item
  }
  return undefined
}

/** The name of a team as everyone knows it. */
export function teamName(view: ReleaseView, team: string): string {
  return view.teams.find((one) => one.id === team)?.name ?? team
}

/** Where the eye goes first: the gate with the ball on the rail, else the first one that is not passed. */
export function firstGate(view: ReleaseView): string {
  const ball = view.rail.gates.find((gate) => gate.hasBall)
  return ball?.id ?? (view.gates.find((gate) => gate.mark !== 'passed' && gate.mark !== 'waived') ?? view.gates.at(-1))?.id ?? ''
}
