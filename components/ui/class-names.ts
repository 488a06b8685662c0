/** Joins class names, leaving out what does not apply. */
export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((n) => typeof n === 'string' && n !== '').join(' ')
}
