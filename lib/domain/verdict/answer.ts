/** Reads the JSON of a Prometheus query into numbers that can be trusted: special floats, native histograms, warnings, and nothing guessed. */

export interface Sample {
  /** Unix seconds, with fractions. */
  readonly at: number
  readonly value: number
  /** The value as Prometheus wrote it, for the record. */
  readonly raw: string
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>
  /** One sample for an instant answer, many for a range. Empty when the series holds native histograms only. */
  readonly samples: readonly Sample[]
  /** How many samples were native histograms, which are not one number. */
  readonly histograms: number
}

export interface Answer {
  readonly type: 'vector' | 'scalar' | 'matrix' | 'string'
  readonly series: readonly Series[]
  /** Partial data, truncated results, suspicious functions: a gate must not rest on these. */
  readonly warnings: readonly string[]
  /** Hints that do not make the value doubtful. */
  readonly infos: readonly string[]
}

/** Turns Prometheus' text of a float into a number. `Number("+Inf")` is NaN in JavaScript, therefore by hand. `null`: not a float at all. */
export function parseFloatText(raw: string): number | null {
  if (raw === '+Inf' || raw === 'Inf') return Infinity
  if (raw === '-Inf') return -Infinity
  if (raw === 'NaN') return NaN
  if (raw.trim() === '') return null
  const value = Number(raw)
  return Number.isNaN(value) ? null : value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : []
}

function readLabels(value: unknown): Record<string, string> | null {
  if (!isRecord(value)) return null
  const labels: Record<string, string> = {}
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string') return null
    labels[name] = text
  }
  return labels
}

function readSample(pair: unknown): Sample | null {
  if (!Array.isArray(pair) || pair.length !== 2) return null
  const at: unknown = pair[0]
  const raw: unknown = pair[1]
  if (typeof at !== 'number' || !Number.isFinite(at) || typeof raw !== 'string') return null
  const value = parseFloatText(raw)
  return value === null ? null : { at, value, raw }
}

function readSeries(entry: unknown): Series | null {
  if (!isRecord(entry)) return null
  const labels = readLabels(entry['metric'])
  if (!labels) return null
  const pairs: readonly unknown[] = Array.isArray(entry['values']) ? entry['values'] : 'value' in entry ? [entry['value']] : []
  const samples: Sample[] = []
  for (const pair of pairs) {
    const sample = readSample(pair)
    if (!sample) return null
    samples.push(sample)
  }
  const histograms = Array.isArray(entry['histograms']) ? entry['histograms'].length : 'histogram' in entry ? 1 : 0
  return { labels, samples, histograms }
}

/**
 * Reads the body of `/api/v1/query` or `/api/v1/query_range`.
 * In: parsed JSON. Out: the answer, or `null` when the shape is not Prometheus' (half an answer, another service, an error document).
 */
export function parseAnswer(json: unknown): Answer | null {
  if (!isRecord(json) || json['status'] !== 'success' || !isRecord(json['data'])) return null
  const { resultType, result } = json['data']
  // A cluster of VictoriaMetrics that misses a part of its storage says so beside the data, without a warning.
  const partial = json['isPartial'] === true ? ['the answer is partial: some of the storage did not answer'] : []
  const notes = { warnings: [...readStrings(json['warnings']), ...partial], infos: readStrings(json['infos']) }
  if (!Array.isArray(result)) return null
  if (resultType === 'string') return { type: 'string', series: [], ...notes }
  if (resultType === 'scalar') {
    const sample = readSample(result)
    return sample ? { type: 'scalar', series: [{ labels: {}, samples: [sample], histograms: 0 }], ...notes } : null
  }
  if (resultType !== 'vector' && resultType !== 'matrix') return null
  const series: Series[] = []
  for (const entry of result) {
    const one = readSeries(entry)
    if (!one) return null
    series.push(one)
  }
  return { type: resultType, series, ...notes }
}
