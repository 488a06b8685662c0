/** How patient the product is with a place that fails: shared by who sends and who shows it. */
import 'server-only'

/** After so many failures in a row a place gets one message at a time, with a pause between, to see whether it takes any again. */
export const BREAKS_AFTER = 5
/** The pause. */
export const BROKEN_MS = 60_000
