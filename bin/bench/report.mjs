// Collects what the bench found: each line is a number beside its limit, or a plain number without one.

/** Makes an empty report. `check` holds a number to a limit (`atLeast`: from below), `tell` only shows, `skip` says what was not measured. */
export function makeReport() {
  const lines = []
  const show = (name, words) => {
    lines.push({ name, words })
    console.log(`${name.padEnd(64)} ${words}`)
  }
  let missed = 0
  const number = (value) => (!Number.isFinite(value) ? 'no number' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
  return {
    check(name, value, limit, unit = '×', atLeast = false) {
      const isMet = Number.isFinite(value) && (atLeast ? value >= limit : value <= limit)
      if (!isMet) missed += 1
      show(name, `${number(value)} ${unit}  (${atLeast ? 'at least' : 'at most'} ${limit})  ${isMet ? 'ok' : 'MISSED'}`)
    },
    tell: (name, value, unit) => show(`  ${name}`, `${number(value)} ${unit}`),
    skip: (name, reason) => show(name, `not measured: ${reason}`),
    finish() {
      console.log(missed === 0 ? '\nEvery ratio is within its floor.' : `\n${missed} missed.`)
      return missed === 0
    },
  }
}
