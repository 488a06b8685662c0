'use client'
/** The difference between any two revisions of a template, in words. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ChangeList } from '@/components/template/change-list'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select } from '@/components/ui/field'
import { Skeleton } from '@/components/ui/small'
import { revisionQuery } from '@/lib/client/templates'
import { changesOf } from '@/lib/domain/template/changes'
import { bareContent } from '@/lib/domain/template/template'
import type { TemplateView } from '@/lib/domain/template/view'

export function CompareRevisions({ view, onClose }: { view: TemplateView; onClose: () => void }) {
  const numbers = view.revisions.map((one) => one.revision)
  const [from, setFrom] = useState(Math.max(1, view.content.revision - 1))
  const [to, setTo] = useState(view.content.revision)
  const older = useQuery(revisionQuery(view.id, from))
  const newer = useQuery(revisionQuery(view.id, to))
  const nameOf = (team: string) => view.teams.find((one) => one.id === team)?.name ?? team
  const choose = (label: string, value: number, set: (value: number) => void) => <Field label={label}>{(control) => <Select {...control} value={value} onChange={(event) => set(Number(event.target.value))}>{numbers.map((number) => <option key={number} value={number}>revision {number}</option>)}</Select>}</Field>
  return (
    <Dialog open onClose={onClose} size="xl" title={`Revisions of ${view.content.name}`} footer={<Button onClick={onClose}>Close</Button>}>
      <div className="flex flex-wrap gap-4">{choose('From', from, setFrom)}{choose('To', to, setTo)}</div>
      {older.data && newer.data ? <div className="rounded-control border border-line"><ChangeList changes={changesOf(bareContent(older.data), bareContent(newer.data), nameOf)} empty="They say the same." /></div> : <Skeleton className="h-48 w-full" />}
    </Dialog>
  )
}
