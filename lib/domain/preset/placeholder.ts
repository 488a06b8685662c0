/** Makes a query template readable to a PromQL parser: placeholders become text of the same length that parses in their place. */

const STAND_INS: Readonly<Record<string, string>> = { $sel: 'a=""', $base: 'aa=""', $w: '1s' }

/** In: PromQL that may hold `$sel`, `$base` or `$w`. Out: the same length, so that every offset stays right. */
export function maskPlaceholders(template: string): string {
  return template.replace(/\$(?:sel|base|w)\b/g, (name) => STAND_INS[name] ?? name)
}
