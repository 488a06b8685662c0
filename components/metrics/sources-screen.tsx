'use client'
/** The metrics sources: how each answers, who uses it, and the ways to add, change, test and archive one. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { Chip, EmptyState } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { ApiError, post } from '@/lib/client/api'
import { useCommand } from '@/lib/client/commands'
import { sourcesQuery } from '@/lib/client/metrics'
import { formatPlural } from '@/lib/domain/format'
import type { ConnectionTest, SourcesView, SourceView } from '@/lib/domain/source/view'
import { ConnectionResult } from './connection-result'
import { SourceDay } from './source-day'
import { SourceDialog } from './source-dialog'

export function SourcesScreen({ initial }: { initial: SourcesView }) {
  const { data, isError, refetch, isFetching } = useQuery({ ...sourcesQuery(), initialData: initial, refetchInterval: 60_000 })
  const [open, setOpen] = useState<{ readonly source: SourceView | null } | null>(null)
  const active = data.sources.filter((source) => !source.isArchived)
  const down = active.filter((source) => source.health !== null && !source.health.isUp).length
  const add = <Button look="primary" refusal={data.allowed.add} onClick={() => setOpen({ source: null })}>Add a source</Button>
  const lead = active.length === 0 ? 'Where the numbers come from on which gates and rollouts rest.' : <><b>{formatPlural(active.length, 'source')}</b>{down === 0 ? '; all that were asked answer.' : <>; <b>{down}</b> {down === 1 ? 'does' : 'do'} not answer.</>}</>
  return (
    <>
      <PageHead title="Metrics sources" lead={lead}>{data.sources.length > 0 && add}</PageHead>
      {isError && (
        <div className="mb-4 flex flex-wrap items-center gap-3">
          <Problem refusal={{ message: 'How the sources are now could not be read; this is from before.' }} />
          <Button isBusy={isFetching} busyLabel="Reading…" onClick={() => void refetch()}>Read again</Button>
        </div>
      )}
      <Surface>
        {data.sources.length === 0 ? (
          <EmptyState title="No metrics source yet" action={add}>Add the Prometheus that scrapes your models, test the connection, then choose it in the environment that it watches. Without one, metric items stay unmeasured.</EmptyState>
        ) : (
          <Rows>{data.sources.map((source) => <SourceRow key={source.id} source={source} view={data} onEdit={() => setOpen({ source })} />)}</Rows>
        )}
      </Surface>
      {open && <SourceDialog key={open.source?.id ?? 'new'} source={open.source} isOpen onClose={() => setOpen(null)} />}
    </>
  )
}

function SourceRow({ source, view, onEdit }: { source: SourceView; view: SourcesView; onEdit: () => void }) {
  const command = useCommand('source', source.id)
  const client = useQueryClient()
  const [isTesting, setTesting] = useState(false)
  const [result, setResult] = useState<ConnectionTest | null>(null)
  async function test() {
    setTesting(true)
    try {
      setResult(await post<ConnectionTest>(`/sources/${source.id}/test`, {}))
    } catch (error) {
      setResult({ reachable: false, kind: 'broken', message: error instanceof ApiError ? error.refusal.message : 'The server could not be reached. Try again.' })
    }
    setTesting(false)
    await client.invalidateQueries({ queryKey: sourcesQuery().queryKey })
  }
  const how = [source.auth === 'none' ? null : source.auth === 'basic' ? 'user and password' : 'bearer token', ...source.headerNames, source.tls.includes('ca') ? 'own CA' : null, source.tls.includes('client-certificate') ? 'client certificate' : null].filter((part) => part !== null)
  return (
    <Row
      title={<span className="flex flex-wrap items-center gap-2"><span className="min-w-0 break-words">{source.name}</span><Health source={source} /></span>}
      detail={<div className="flex flex-col gap-1"><div className="flex flex-wrap gap-x-3">{source.url !== null && <span className="mono">{source.url}</span>}<span>scraped every {source.scrapeIntervalSeconds} s</span>{how.length > 0 && <span>{how.join(', ')}</span>}</div>{!source.isArchived && <SourceDay day={source.day} />}</div>}
      aside={
        <>
          {source.environments.map((slug) => <Chip key={slug}>{slug}</Chip>)}
          {source.isArchived ? (
            <Button size="s" refusal={view.allowed.restore} isBusy={command.pending} onClick={() => void command.run({ type: 'restore-source' })}>Restore</Button>
          ) : (
            <>
              <Button size="s" refusal={view.allowed.test} isBusy={isTesting} busyLabel="Testing…" onClick={() => void test()}>Test</Button>
              <Button size="s" refusal={view.allowed.edit} onClick={onEdit}>Change</Button>
              <Button size="s" look="quiet" refusal={view.allowed.archive} isBusy={command.pending} onClick={() => void command.run({ type: 'archive-source' })}>Archive</Button>
            </>
          )}
        </>
      }
    >
      {(result || command.refusal) && <div className="order-last basis-full">{result && <ConnectionResult result={result} />}<Problem refusal={command.refusal} /></div>}
    </Row>
  )
}

function Health({ source }: { source: SourceView }) {
  if (source.isArchived) return <Pill state="idle">archived</Pill>
  if (source.health === null) return <Pill state="idle">not asked yet</Pill>
  if (source.health.isUp) return <Pill state="passed" hasMark>answers</Pill>
  return (
    <>
      <Pill state="failed" hasMark>does not answer</Pill>
      <span className="text-12 font-normal text-ink-2">{source.health.message}{source.health.lastGoodAt !== null && <> It last answered <Time at={source.health.lastGoodAt} />.</>}</span>
    </>
  )
}
