/** The tables that lists, search and lookups read; each is written in the transaction of its aggregate and can be rebuilt from it. */
import type { Vocabulary } from '@/db/columns'

export function defineProjections(c: Vocabulary) {
  /** The board's row. Text columns are machine words; free text lives as seals inside `card`. Sets are written ',a,b,'. */
  const releaseCard = c.table(
    'release_card',
    {
      releaseId: c.id('release_id'),
      code: c.text('code').notNull(),
      modelId: c.text('model_id').notNull(),
      environmentId: c.text('environment_id').notNull(),
      phase: c.text('phase').notNull(),
      isInFlight: c.flag('is_in_flight').notNull(),
      risk: c.text('risk').notNull(),
      targetAt: c.instant('target_at'),
      overdueAt: c.instant('overdue_at'),
      teamsWaiting: c.text('teams_waiting').notNull(),
      people: c.text('people').notNull(),
      card: c.json<unknown>('card').notNull(),
      /** What is counted and ordered by, of releases in flight: a board reads it of all, and the whole card of its first rows. */
      brief: c.json<unknown>('brief'),
      /** The shape of `card` and `brief` (`CARD_SHAPE`); rows of another one are made anew when a server starts. */
      shape: c.integer('shape'),
      /** When the clock next changes what this row says, if ever. */
      turnAt: c.instant('turn_at'),
      openedAt: c.instant('opened_at').notNull(),
      closedAt: c.instant('closed_at'),
    },
    (t) => [
      c.uniqueIndex('release_card_code').on(t.code),
      c.index('release_card_board').on(t.isInFlight, t.phase, t.targetAt),
      c.index('release_card_model').on(t.modelId, t.environmentId, t.isInFlight),
      c.index('release_card_environment').on(t.environmentId, t.isInFlight),
      c.index('release_card_turn').on(t.isInFlight, t.turnAt),
      c.index('release_card_shape').on(t.isInFlight, t.shape),
      c.index('release_card_closed').on(t.closedAt),
    ],
  )

  /** The numbered list of decisions. `titleSearch` is lower-cased words of the product's own (code, kind, model), never a reason. */
  const decisionRow = c.table(
    'decision_row',
    {
      id: c.id('id'),
      number: c.integer('number').notNull(),
      releaseId: c.text('release_id'),
      kind: c.text('kind').notNull(),
      at: c.instant('at').notNull(),
      titleSearch: c.text('title_search').notNull(),
      modelId: c.text('model_id'),
      /** Deciders, consulted, informed and who recorded it: ',a,b,'. */
      people: c.text('people'),
      /** When somebody has to say whether it held; null when nothing is due. */
      confirmAt: c.instant('confirm_at'),
      supersededBy: c.integer('superseded_by'),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [
      c.uniqueIndex('decision_row_number').on(t.number),
      c.index('decision_row_release').on(t.releaseId, t.number),
      c.index('decision_row_kind').on(t.kind, t.number),
      c.index('decision_row_model').on(t.modelId, t.number),
      c.index('decision_row_confirm').on(t.confirmAt, t.number),
    ],
  )

  const documentRow = c.table(
    'document_row',
    {
      id: c.id('id'),
      ownerKind: c.text('owner_kind').notNull(),
      ownerId: c.text('owner_id').notNull(),
      modelId: c.text('model_id'),
      kind: c.text('kind').notNull(),
      team: c.text('team'),
      at: c.instant('at').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [c.index('document_row_owner').on(t.ownerId), c.index('document_row_model').on(t.modelId)],
  )

  const actionRow = c.table(
    'action_row',
    {
      id: c.id('id'),
      releaseId: c.text('release_id'),
      checkInId: c.text('check_in_id'),
      liveId: c.text('live_id'),
      ownerPersonId: c.text('owner_person_id'),
      team: c.text('team'),
      dueAt: c.instant('due_at'),
      state: c.text('state').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [
      c.index('action_row_owner').on(t.ownerPersonId, t.state, t.dueAt),
      c.index('action_row_team').on(t.team, t.state, t.dueAt),
      c.index('action_row_state').on(t.state, t.dueAt),
      c.index('action_row_release').on(t.releaseId),
      c.index('action_row_live').on(t.liveId),
    ],
  )

  const mentionRow = c.table(
    'mention_row',
    {
      id: c.id('id'),
      personId: c.text('person_id').notNull(),
      releaseId: c.text('release_id'),
      commentId: c.text('comment_id').notNull(),
      at: c.instant('at').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [c.index('mention_row_person').on(t.personId, t.at), c.index('mention_row_release').on(t.releaseId)],
  )

  const modelRow = c.table(
    'model_row',
    {
      id: c.id('id'),
      slug: c.text('slug').notNull(),
      ownerTeam: c.text('owner_team'),
      isArchived: c.flag('is_archived').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [c.uniqueIndex('model_row_slug').on(t.slug)],
  )

  const environmentRow = c.table(
    'environment_row',
    { id: c.id('id'), slug: c.text('slug').notNull(), body: c.json<unknown>('body').notNull() },
    (t) => [c.uniqueIndex('environment_row_slug').on(t.slug)],
  )

  /** People as lists show them. The name is a seal inside `body`: lists reveal it and search in code. */
  const personRow = c.table(
    'person_row',
    {
      id: c.id('id'),
      teams: c.text('teams').notNull(),
      isAdmin: c.flag('is_admin').notNull(),
      isArchived: c.flag('is_archived').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [c.index('person_row_archived').on(t.isArchived)],
  )

  const checkInRow = c.table(
    'check_in_row',
    {
      id: c.id('id'),
      state: c.text('state').notNull(),
      startsAt: c.instant('starts_at'),
      closedAt: c.instant('closed_at'),
      /** Set of release ids, ',a,b,'. */
      releases: c.text('releases').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [c.index('check_in_row_state').on(t.state, t.startsAt), c.index('check_in_row_starts').on(t.startsAt)],
  )

  const destinationRow = c.table(
    'destination_row',
    { id: c.id('id'), isEnabled: c.flag('is_enabled').notNull(), body: c.json<unknown>('body').notNull() },
  )

  /** API tokens by the hash of their secret; the lookup of every pipeline call. */
  const tokenRow = c.table(
    'token_row',
    {
      hash: c.id('hash'),
      tokenId: c.text('token_id').notNull(),
      expiresAt: c.instant('expires_at'),
      revokedAt: c.instant('revoked_at'),
    },
    (t) => [c.uniqueIndex('token_row_token').on(t.tokenId)],
  )

  return {
    releaseCard, decisionRow, documentRow, actionRow, mentionRow, modelRow,
    environmentRow, personRow, checkInRow, destinationRow, tokenRow,
  }
}
