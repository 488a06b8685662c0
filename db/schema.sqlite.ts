/** The tables as drizzle-kit reads them for sqlite. */
import { schemaFor } from '@/db/schema'

export const { aggregate, logEntry, logHead, freeText, idempotency, turnNotice, checkpointKey, checkpoint, outbox, deliveryAttempt, credential, oneTimeLink, loginAttempt, secret, storedFile, evaluation, sourceHealth, lease, mark, noteDraft, releaseCard, decisionRow, documentRow, actionRow, mentionRow, modelRow, environmentRow, personRow, checkInRow, destinationRow, tokenRow, finishedRow, session, tokenUse, calendarFeed, liveDay, inboundAlert, incidentRow, keptIncident, statusSubscriber, statusNotice } = schemaFor.sqlite()
