'use client'
/** Which groups of the identity provider give a place in a team. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Row, Rows } from '@/components/ui/surface'
import type { TeamView } from '@/lib/domain/person/view'

export function GroupDialog({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const [groupId, setGroupId] = useState('')
  const [role, setRole] = useState('member')
  const { run, isBusy, failure } = useAct()
  const command = (body: unknown) => run('/installation/installation/commands', body)

  const add = async () => {
    if (await command({ type: 'map-group', groupId, team: team.id, role })) setGroupId('')
  }

  return (
    <Dialog
      open
      onClose={onClose}
      isBusy={isBusy}
      onSubmit={() => void add()}
      title={`Groups of ${team.name}`}
      description="By the id of the group, as its name can change. Once any group is mapped, groups decide about the teams of everybody who comes by the identity provider, at each sign-in; without the claim there is no role."
      footer={<><Button onClick={onClose}>Done</Button><Button type="submit" look="primary" isBusy={isBusy} refusal={groupId.trim() === '' ? 'Enter the id of a group first.' : null}>Map</Button></>}
    >
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      <Rows aria-label="Mapped groups">
        {team.groups.map((group) => (
          <Row
            key={group.groupId}
            title={<span className="mono">{group.groupId}</span>}
            detail={group.role}
            aside={<Button size="s" onClick={() => void command({ type: 'unmap-group', groupId: group.groupId, team: team.id })}>Remove</Button>}
          />
        ))}
        {team.groups.length === 0 && <li className="py-2 text-ink-2">No group gives a place in this team yet.</li>}
      </Rows>
      <Field label="Id of the group">
        {(control) => <TextInput {...control} isMono value={groupId} onChange={(event) => setGroupId(event.target.value)} />}
      </Field>
      <Field label="Place that it gives">
        {(control) => (
          <Select {...control} value={role} onChange={(event) => setRole(event.target.value)}>
            <option>member</option>
            <option>lead</option>
          </Select>
        )}
      </Field>
    </Dialog>
  )
}
