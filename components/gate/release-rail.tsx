/** The large rail of a release: each gate is a link with its name, and the drawing takes the width that it gets. */
import type { ReactNode } from 'react'
import { MarkShape } from '@/components/gate/mark'
import { railGeometry, type RailGeometry, type RailNode } from '@/components/gate/rail-geometry'
import { TeamMark } from '@/components/gate/team-mark'
import { describeGate, describeRail, type RailGate, type RailModel } from '@/lib/domain/rail'

interface ReleaseRailProps {
  model: RailModel
  /** Address of a gate. */
  hrefOf: (gate: RailGate) => string
  /** The gate that the page shows now. */
  currentGateId?: string | undefined
}

/** The rail with its gates as links. */
export function ReleaseRail({ model, hrefOf, currentGateId }: ReleaseRailProps) {
  const geometry = railGeometry(model, 'release')
  return (
    <div className="grid min-w-0 grid-cols-1 md:grid-cols-[max-content_minmax(0,1fr)]">
      <div aria-hidden="true" className="flex flex-wrap gap-x-4 px-4 pb-3 text-ink-2 md:relative md:block md:w-32 md:pb-0">
        {model.teams.map((team, i) => (
          <span key={team.id} className="flex md:absolute md:-translate-y-1/2" style={{ top: geometry.lanes[i]?.y }}>
            <TeamMark shape={team.shape} name={team.name} />
          </span>
        ))}
      </div>
      <div className="min-w-0 overflow-x-auto overflow-y-hidden" tabIndex={-1}>
        <Ends geometry={geometry}>
          {geometry.lanes.map((lane) => <div key={lane.team} aria-hidden="true" className="absolute inset-x-0 h-px bg-line" style={{ top: lane.y }} />)}
          <BallAnchor model={model} geometry={geometry} />
          <svg width="100%" height={geometry.height} overflow="visible" role="group" aria-label={describeRail(model)} className="relative block">
            <Path geometry={geometry} />
            {model.gates.map((gate, i) => (
              <a key={gate.id} href={hrefOf(gate)} aria-label={describeGate(model, gate)} aria-current={gate.id === currentGateId ? 'true' : undefined} className="group/gate outline-none">
                <Gate node={geometry.nodes[i]} geometry={geometry} hasBall={gate.hasBall}>
                  <GateName gate={gate} geometry={geometry} isCurrent={gate.id === currentGateId} />
                </Gate>
              </a>
            ))}
          </svg>
        </Ends>
      </div>
    </div>
  )
}

// On a small screen the rail scrolls inside of its box; the browser begins where the ball is.
function BallAnchor({ model, geometry }: { model: RailModel; geometry: RailGeometry }) {
  const node = geometry.nodes[model.gates.findIndex((g) => g.hasBall)]
  if (!node) return null
  return <span aria-hidden="true" className="absolute top-0 size-px [scroll-initial-target:nearest]" style={{ left: `${node.x}%` }} />
}

function GateName({ gate, geometry, isCurrent }: { gate: RailGate; geometry: RailGeometry; isCurrent: boolean }) {
  const isStrong = gate.hasBall || isCurrent
  const half = geometry.step / 2 - 2
  return (
    <>
      <rect x={-half} y={1} width={half * 2} height={geometry.height - 2} rx={6} fill="transparent" className="group-hover/gate:fill-sunken group-focus-visible/gate:stroke-focus group-focus-visible/gate:stroke-2" />
      <text x={0} y={15} textAnchor="middle" fontSize={12} fontWeight={isStrong ? 600 : 400} fill={isStrong ? 'var(--ink)' : 'var(--ink-2)'} textDecoration={isCurrent ? 'underline' : undefined} className="group-hover/gate:fill-ink">
        {gate.shortName}
      </text>
    </>
  )
}

// Keeps both ends free for a ring or a name; inside, everything is placed in percent of what remains.
function Ends({ geometry, children }: { geometry: RailGeometry; children: ReactNode }) {
  return <div className="relative" style={{ padding: `0 ${geometry.end}px`, minWidth: geometry.minWidth }}>{children}</div>
}

function Path({ geometry }: { geometry: RailGeometry }) {
  return (
    <svg width="100%" height={geometry.height} viewBox={`0 0 100 ${geometry.height}`} preserveAspectRatio="none" overflow="visible" aria-hidden="true">
      {geometry.paths.map((path, i) => (
        <path
          key={i}
          d={path.d}
          fill="none"
          stroke={path.isWalked ? 'var(--ink-2)' : 'var(--line-strong)'}
          strokeWidth={2}
          strokeDasharray={path.isWalked ? undefined : '1.5 3.5'}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  )
}

function Gate({ node, geometry, hasBall, children }: { node: RailNode | undefined; geometry: RailGeometry; hasBall: boolean; children: ReactNode }) {
  const first = node?.marks[0]
  const last = node?.marks.at(-1)
  if (!node || !first || !last) return null
  const ring = geometry.radius + 4.5
  return (
    <svg x={`${node.x}%`} overflow="visible">
      {children}
      {first !== last && <line x1={0} x2={0} y1={first.y} y2={last.y} stroke="var(--line-strong)" strokeWidth={6} strokeLinecap="round" />}
      {node.marks.map((mark) => <MarkShape key={mark.team} state={mark.state} y={mark.y} r={geometry.radius} />)}
      {hasBall && <rect x={-ring} y={first.y - ring} width={ring * 2} height={last.y - first.y + ring * 2} rx={ring} fill="none" stroke="var(--ink)" strokeWidth={1.4} />}
    </svg>
  )
}
