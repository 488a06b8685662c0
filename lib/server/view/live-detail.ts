/** Reads one live version with everything that its page shows: watch lines, turns, alerts, proposals, reviews, feedback, record. */
import 'server-only'
import { loadAggregates } from '@/db/aggregate'
import { daysOf } from '@/db/live-day'
import { sparkRows } from '@/db/evaluation-spark'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { alertingOf } from '@/lib/domain/alert/alert'
import { dayOf } from '@/lib/domain/live/day'
import { labelsOfLive } from '@/lib/domain/live/decide'
import { turnsOf } from '@/lib/domain/live/history'
import { choicesOf, linesOf } from '@/lib/domain/live/lines'
import type { LiveView, WatchLineView } from '@/lib/domain/live/view'
import { alertView, proposalView } from '@/lib/domain/release/alert-view'
import { limitOf } from '@/lib/domain/verdict/limit'
import { ruleWords } from '@/lib/domain/verdict/rule-words'
import { liveHistory } from '@/lib/server/live/history'
import { loadNames, whyNot } from '@/lib/server/view/people'
import { liveRow, loadLive, nameOf, wordsFrom } from '@/lib/server/view/live'

const DAY_MS = 86_400_000
const SHOWN_TURNS = 100
const SPARK_POINTS = 40

/** One live version by its id, or null where nothing was ever recorded there. */
export async function viewLive(store: Store, actor: Actor, id: string, now = new Date()): Promise<LiveView | null> {
  const loaded = await loadLive(store, id)
  if (!loaded || (actor.kind === 'token' && actor.modelIds.length > 0 && !actor.modelIds.includes(loaded.live.modelId))) return null
  const { live, version, release } = loaded
  const [models, environments, sources, templates, names, days, events, say] = await Promise.all([
    loadAggregates(store, 'model', [live.modelId]), loadAggregates(store, 'environment', [live.environmentId]), loadAggregates(store, 'source', 'all'), loadAggregates(store, 'template', 'all'),
    loadNames(store), daysOf(store, [id], dayOf(now.getTime() - 90 * DAY_MS)), liveHistory(store, id), wordsFrom(store, [id, ...(release ? [release.id] : [])]),
  ])
  const environment = environments.get(live.environmentId)?.state
  const source = environment?.sourceId ? sources.get(environment.sourceId)?.state : undefined
  const sayOfSource = source ? await wordsFrom(store, [source.id]) : say
  const named = nameOf(live, models.get(live.modelId)?.state, environment)
  const lines = linesOf(live, release)
  const sparks = await sparkRows(store, lines.map((line) => ({ ownerId: id, itemId: line.itemId })), SPARK_POINTS)
  const labels = labelsOfLive(live, release)
  const stable = live.lastStable
  const before = stable && live.history.filter((one) => one.versionId !== stable.versionId).at(-1)
  const named_ = (personId: string) => names.get(personId) ?? (personId === 'evaluator' || personId === 'clock' ? 'Gatehouse' : 'a pipeline')
  const turns = turnsOf(events).toReversed().slice(0, SHOWN_TURNS)
  const about = { modelId: live.modelId }
  return {
    ...liveRow(live, release, named, days.get(id) ?? [], now), version, asOf: now.toISOString(), modelId: live.modelId, environmentId: live.environmentId,
    artefact: stable?.artefact ?? null, recordedAt: stable?.recordedAt ?? null, recordedByName: stable ? named_(stable.recordedBy) : '',
    watch: live.watch && { startedAt: live.watch.startedAt, isOwn: live.watch.releaseId === null, labels }, sourceName: source ? sayOfSource(source.name) : null,
    lines: lines.map((line): WatchLineView => {
      const verdict = live.watch?.items[line.itemId]
      const limit = limitOf(line.spec.rule.test, false)
      return {
        itemId: line.itemId, title: line.title, rule: ruleWords(line.spec), verdict: verdict?.verdict ?? null, reason: verdict?.reason ?? 'not measured yet', at: verdict?.at ?? null,
        points: (sparks.get(`${id} ${line.itemId}`) ?? []).map((row) => row.value), limit: limit?.of === 'value' ? limit.limit : null, isTrigger: line.isTrigger,
        verdictHref: `/live/${encodeURIComponent(named.modelSlug)}/${encodeURIComponent(named.environmentSlug)}/verdicts/${encodeURIComponent(line.itemId)}`,
      }
    }),
    turns: turns.map(({ verdict, ...turn }) => ({ ...turn, verdict: verdict.verdict, reason: verdict.reason, value: verdict.value, query: verdict.query, series: verdict.series })),
    alerts: (live.alerts ?? []).toReversed().map((alert) => alertView(alert, say)),
    alerting: { ...alertingOf(live.alerting, labels), isDefault: live.alerting === undefined },
    proposed: ((release ? release.rollBackProposals : live.rollBackProposals) ?? []).toReversed().map((one) => proposalView(one, say, named_)),
    actions: (live.actions ?? []).filter((one) => one.done === null).map((one) => ({ id: one.id, title: say(one.title), dueAt: one.dueAt, ownerName: one.ownerId === null ? null : named_(one.ownerId) })),
    reviews: (live.reviews ?? []).toReversed().map((one) => ({ at: one.at, byName: named_(one.by), label: one.label, note: say(one.note), nextAt: one.nextAt })),
    declaredDelayDays: release?.feedback.labelDelayDays ?? null,
    feedback: (live.feedback ?? []).toReversed().map(({ by, ...one }) => ({ ...one, byName: named_(by) })),
    history: live.history.toReversed().map((one) => ({ label: one.label, since: one.since, how: one.how, release: one.releaseId && one.releaseCode ? { id: one.releaseId, code: one.releaseCode } : null })),
    held: live.held.map((held) => ({ label: held.label, at: held.at, reason: say(held.reason), isLifted: held.lifted !== null })),
    rollBackTo: before?.label ?? null,
    choices: choicesOf([...templates.values()].map(({ state }) => state)).map((choice) => ({ ...choice, rule: ruleWords(choice.spec) })),
    own: live.watch?.own ? { stack: live.watch.own.stack, itemIds: live.watch.own.items.map((item) => item.id), proposing: live.watch.own.items.filter((item) => item.proposes).map((item) => item.id) } : null,
    allowed: {
      setWatch: live.watch?.releaseId ? 'The items of its release are watched; the next release may ask others.' : stable === null ? 'Nothing is live here.' : whyNot(actor, 'live.change-watch', about),
      review: live.watch === null ? 'Choose first what is watched.' : whyNot(actor, 'live.review', about),
      setAlerting: whyNot(actor, 'live.set-alerting', about), answer: whyNot(actor, 'live.answer', about),
      dismiss: release ? whyNot(actor, 'release.dismiss-proposal', { ...about, named: [release.onCallId, release.rollbackPlan.deciderId].filter((one) => one !== null) }) : whyNot(actor, 'live.dismiss-proposal', about),
      rollBack: release === null ? 'No release brought this version here, so none can be rolled back: take it back in your deployment, then adopt what runs.'
        : release.rollBack ? `${release.code} is rolling back.` : whyNot(actor, 'release.roll-back', { ...about, named: [release.onCallId, release.rollbackPlan.deciderId].filter((one) => one !== null) }),
    },
  }
}
