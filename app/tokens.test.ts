/** Computes the contrast of every colour on the surfaces that it stands on, in both themes (WCAG 2.2: 1.4.3 and 1.4.11). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

function colours(block: RegExp): Map<string, string> {
  const body = block.exec(css)?.[1] ?? ''
  return new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

const themes = {
  light: colours(/\[data-theme='light'\] \{([^}]*)\}/),
  dark: colours(/\n\[data-theme='dark'\] \{([^}]*)\}/),
  system: colours(/:root:not\(\[data-theme\]\) \{([^}]*)\}/),
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(theme: Map<string, string>, front: string, back: string): number {
  const a = luminance(theme.get(front) ?? '#808080')
  const b = luminance(theme.get(back) ?? '#808080')
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const states = ['passed', 'open', 'waiting', 'failed', 'stale', 'risk']
const plain = ['paper', 'surface', 'sunken']
const tinted = states.map((s) => `${s}-bg`)

describe.each([['light', themes.light] as const, ['dark', themes.dark] as const])('%s theme', (_, theme) => {
  const text: [string, string][] = [
    ...['ink', 'ink-2'].flatMap((ink) => [...plain, ...tinted, 'idle-bg'].map((back): [string, string] => [ink, back])),
    ...plain.map((back): [string, string] => ['ink-3', back]),
    ['ink-3', 'waiting-bg'],
    ['ink-3', 'idle-bg'],
    ['paper', 'ink'],
    ['surface', 'ink'],
    ...states.flatMap((s) => [...plain, `${s}-bg`].map((back): [string, string] => [s, back])),
    ['surface', 'failed'],
  ]
  it.each(text)('text %s on %s is at least 4.5', (front, back) => {
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(4.5)
  })
  const marks = ['later', 'idle', 'candidate', 'stable', 'focus'].flatMap((mark) => ['paper', 'surface'].map((back): [string, string] => [mark, back]))
  it.each(marks)('mark %s on %s is at least 3', (front, back) => {
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(3)
  })
})

it('gives the same dark theme to who chose it and to whose system chose it', () => {
  expect(themes.dark.size).toBeGreaterThan(25)
  expect([...themes.system]).toEqual([...themes.dark])
  expect([...themes.light.keys()]).toEqual([...themes.dark.keys()])
})
