'use client'
/** Draws the dialog that is asked for; the code of each is loaded when it is first wanted. */
import { lazy, Suspense } from 'react'
import type { DialogRequest } from '@/components/release/dialog-request'
import type { DialogProps } from '@/components/release/dialogs/command-dialog'

const AdoptDialog = lazy(() => import('@/components/release/dialogs/adopt-dialog').then((m) => ({ default: m.AdoptDialog })))
const AskDialog = lazy(() => import('@/components/release/dialogs/ask-dialog').then((m) => ({ default: m.AskDialog })))
const SignOffDialog = lazy(() => import('@/components/release/dialogs/sign-off-dialog').then((m) => ({ default: m.SignOffDialog })))
const BreakGlassDialog = lazy(() => import('@/components/release/dialogs/break-glass-dialog').then((m) => ({ default: m.BreakGlassDialog })))
const EvidenceDialog = lazy(() => import('@/components/release/dialogs/evidence-dialog').then((m) => ({ default: m.EvidenceDialog })))
const DecisionDialog = lazy(() => import('@/components/release/dialogs/decision-dialog').then((m) => ({ default: m.DecisionDialog })))
const DocumentDialog = lazy(() => import('@/components/release/dialogs/document-dialog').then((m) => ({ default: m.DocumentDialog })))
const ActionDialog = lazy(() => import('@/components/release/dialogs/action-dialog').then((m) => ({ default: m.ActionDialog })))
const ChangeDialog = lazy(() => import('@/components/release/dialogs/change-dialog').then((m) => ({ default: m.ChangeDialog })))
const RiskDialog = lazy(() => import('@/components/release/dialogs/risk-dialog').then((m) => ({ default: m.RiskDialog })))
const RuleDialog = lazy(() => import('@/components/metric-item/rule-choice').then((m) => ({ default: m.RuleChoice })))
const CandidateDialog = lazy(() => import('@/components/release/dialogs/candidate-dialog').then((m) => ({ default: m.CandidateDialog })))
const InheritDialog = lazy(() => import('@/components/release/dialogs/inherit-dialog').then((m) => ({ default: m.InheritDialog })))
const HelpDialog = lazy(() => import('@/components/release/dialogs/help-dialog').then((m) => ({ default: m.HelpDialog })))

function one(request: DialogRequest, frame: DialogProps) {
  switch (request.kind) {
    case 'adopt': return <AdoptDialog {...frame} />
    case 'ask': return <AskDialog ask={request.ask} {...frame} />
    case 'sign-off': return <SignOffDialog gateId={request.gateId} isPrepared={request.isPrepared} {...frame} />
    case 'break-glass': return <BreakGlassDialog gateId={request.gateId} {...frame} />
    case 'inherit': return <InheritDialog gateId={request.gateId} {...frame} />
    case 'evidence': return <EvidenceDialog itemId={request.itemId} {...frame} />
    case 'rule': return <RuleDialog itemId={request.itemId} {...frame} />
    case 'decision': return <DecisionDialog decide={request.decide} itemId={request.itemId} supersedes={request.supersedes} prepared={request.prepared} {...frame} />
    case 'document': return <DocumentDialog gateId={request.gateId} itemId={request.itemId} {...frame} />
    case 'action': return <ActionDialog prepared={request.prepared} {...frame} />
    case 'change': return <ChangeDialog part={request.part} {...frame} />
    case 'candidate': return <CandidateDialog {...frame} />
    case 'risk': return <RiskDialog {...frame} />
    case 'help': return <HelpDialog {...frame} />
  }
}

/** In: the request (it stays while the dialog closes, so that focus finds its way back). */
export function Dialogs({ request, ...frame }: DialogProps & { request: DialogRequest }) {
  return <Suspense fallback={null}>{one(request, frame)}</Suspense>
}
