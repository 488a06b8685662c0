/** The colours of exported drawings, which cannot read the screen's tokens; a test holds them to app/tokens.css. */
import type { Ink } from './shape'

export type Theme = 'light' | 'dark'

export const PALETTE: Readonly<Record<Theme, Readonly<Record<Ink, string>>>> = {
  light: {
    ink: '#1b1a17', 'ink-2': '#57534b', 'ink-3': '#6e6962', line: '#e5e1da', 'line-strong': '#cfc9bf', surface: '#ffffff', sunken: '#f4f2ee', passed: '#17734f', open: '#2454d6', 'open-bg': '#e6ecfb',
    waiting: '#925400', 'waiting-bg': '#fbeed6', failed: '#bd2a2a', 'failed-bg': '#fbe5e3', stale: '#7443b8', 'stale-bg': '#efe7fa', risk: '#a8420a', 'risk-bg': '#fce8dc', idle: '#827d74', 'idle-bg': '#efece6',
  },
  dark: {
    ink: '#eceae5', 'ink-2': '#b1ada5', 'ink-3': '#95918a', line: '#272a2f', 'line-strong': '#3a3e45', surface: '#16181b', sunken: '#121316', passed: '#4cc38a', open: '#86a5ff', 'open-bg': '#182242',
    waiting: '#e7a33e', 'waiting-bg': '#2e2312', failed: '#ff7a70', 'failed-bg': '#351a19', stale: '#bd9af0', 'stale-bg': '#261c38', risk: '#ff9a5c', 'risk-bg': '#33200f', idle: '#7d7a74', 'idle-bg': '#23262a',
  },
}
