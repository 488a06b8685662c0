// What the maker of the bench's world and its measurements both know.

/** Everybody's password in the bench's throw-away database; they are p1@bench.example to p7@bench.example. */
export const BENCH_PASSWORD = 'a sentence for the bench'

/** The release whose first gate is settled and waits for sign-offs. */
export const BENCH_CODE_OF_SIGN_OFF = 'M00-1'

/**
 * A fixed id. In: what it is of (1 a person, 4 an environment, 5 a model, 6 its version), and which.
 * @param {number} group
 * @param {number} number
 */
export function idOf(group, number) {
  return `0195c0de-${String(group).padStart(4, '0')}-7000-8000-${String(number).padStart(12, '0')}`
}
