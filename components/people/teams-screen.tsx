'use client'
/** The teams: who is in them, when they work, and what they cannot do as they stand. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TeamMark } from '@/components/gate/team-mark'
import { useAct } from '@/components/people/act'
import { GroupDialog } from '@/components/people/group-dialog'
import { TeamDialog } from '@/components/people/team-dialog'
import { Warning } from '@/components/people/warning'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { Avatar, Chip } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { teamsQuery } from '@/lib/client/people'
import type { WorkingHours } from '@/lib/domain/installation/state'
import type { TeamsView, TeamView } from '@/lib/domain/person/view'

export function TeamsScreen({ initial }: { initial: TeamsView }) {
  const { data } = useQuery({ ...teamsQuery(), initialData: initial })
  const [dialog, setDialog] = useState<{ kind: 'change' | 'groups'; id: string } | { kind: 'add' } | null>(null)
  const { run, failure } = useAct()
  const teams = data.teams.filter((team) => !team.isArchived)
  const archived = data.teams.filter((team) => team.isArchived)
  const chosen = dialog !== null && 'id' in dialog ? data.teams.find((team) => team.id === dialog.id) : undefined
  const command = (type: string, team: string) => void run('/installation/installation/commands', { type, team })

  return (
    <>
      <PageHead title="Teams" lead={sentenceOf(teams)}>
        <Button look="primary" refusal={data.allowed.add} onClick={() => setDialog({ kind: 'add' })}>Add a team</Button>
      </PageHead>
      <div className="flex flex-col gap-4">
        {failure !== null && <Problem refusal={{ message: failure.message }} />}
        {teams.map((team) => (
          <Surface key={team.id} aria-label={team.name}>
            <SurfaceHead title={<TeamMark shape={team.shape} name={team.name} />} note={hoursOf(team.workingHours)}>
              {data.hasProvider && <Button size="s" refusal={team.allowed.mapGroup} onClick={() => setDialog({ kind: 'groups', id: team.id })}>{`Groups (${team.groups.length})`}</Button>}
              <Button size="s" refusal={team.allowed.change} aria-label={`Change ${team.name}`} onClick={() => setDialog({ kind: 'change', id: team.id })}>Change</Button>
              <Button size="s" look="quiet" refusal={team.allowed.archive} aria-label={`Archive ${team.name}`} onClick={() => command('archive-team', team.id)}>Archive</Button>
            </SurfaceHead>
            {team.warning !== null && <div className="px-4 pt-3"><Warning>{team.warning}</Warning></div>}
            <Rows aria-label={`Members of ${team.name}`}>
              {team.members.map((member) => (
                <Row key={member.id} title={<Avatar name={member.name} />}>
                  <span className="flex gap-2">
                    {member.role === 'lead' && <Chip>lead</Chip>}
                    {member.isInvited && <Chip>invited</Chip>}
                  </span>
                </Row>
              ))}
              {team.members.length === 0 && <li className="px-4 py-3 text-ink-2">Nobody. People are put into teams under People.</li>}
            </Rows>
          </Surface>
        ))}
        {archived.length > 0 && (
          <Surface aria-label="Archived teams">
            <SurfaceHead title="Archived" note={archived.length} />
            <Rows>
              {archived.map((team) => (
                <Row key={team.id} title={<TeamMark shape={team.shape} name={team.name} />} aside={<Button size="s" refusal={team.allowed.restore} onClick={() => command('restore-team', team.id)}>Restore</Button>} />
              ))}
            </Rows>
          </Surface>
        )}
      </div>
      {dialog?.kind === 'add' && <TeamDialog team={null} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'change' && chosen && <TeamDialog team={chosen} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'groups' && chosen && <GroupDialog team={chosen} onClose={() => setDialog(null)} />}
    </>
  )
}

const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function hoursOf({ zone, days, from, to }: WorkingHours): string {
  const isWeek = days.length === 5 && days.every((day) => day <= 5)
  return `${isWeek ? 'Mon to Fri' : days.map((day) => SHORT[day - 1]).join(' ')}, ${from} to ${to} ${zone.replaceAll('_', ' ')}`
}

function sentenceOf(teams: readonly TeamView[]): string {
  const warned = teams.filter((team) => team.warning !== null)
  if (warned.length === 0) return `${teams.length} teams, each with a lead.`
  return `${teams.length} teams; ${warned.map((team) => team.name).join(', ')} ${warned.length === 1 ? 'needs' : 'need'} people.`
}
