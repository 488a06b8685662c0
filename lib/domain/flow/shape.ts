/** The few primitives that a drawing is made of, so that the screen and the exported file draw the same picture. */

/** Colours by the names of the tokens. */
export type Ink = 'ink' | 'ink-2' | 'ink-3' | 'line' | 'line-strong' | 'surface' | 'sunken' | 'passed' | 'open' | 'open-bg' | 'waiting' | 'waiting-bg' | 'failed' | 'failed-bg' | 'stale' | 'stale-bg' | 'risk' | 'risk-bg' | 'idle' | 'idle-bg'

interface Look {
  readonly fill?: Ink | undefined
  readonly stroke?: Ink | undefined
  readonly strokeWidth?: number | undefined
  readonly dash?: string | undefined
  /** 0…1. */
  readonly opacity?: number | undefined
}

export type Shape =
  | (Look & { readonly kind: 'rect'; readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly r?: number; /** What it stands for, for the pointer and the keyboard. */ readonly about?: string })
  | (Look & { readonly kind: 'path'; readonly d: string; readonly x?: number; readonly y?: number; readonly scale?: number })
  | (Look & { readonly kind: 'circle'; readonly x: number; readonly y: number; readonly r: number })
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly size: number; readonly fill: Ink; readonly isStrong?: boolean; readonly anchor?: 'start' | 'middle' | 'end' }

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

/** A number as drawings write it. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
