'use client'
/** Light, dark or as the system says; kept in a cookie, so that the server renders the chosen theme and nothing flashes. */
import { useSyncExternalStore } from 'react'
import { classes } from '@/components/ui/class-names'

const CHOICES = ['light', 'dark', 'system'] as const
type Choice = (typeof CHOICES)[number]

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function current(): Choice {
  const theme = document.documentElement.dataset['theme']
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Chooses the theme for this browser, at once and for the next pages. */
export function chooseTheme(choice: Choice): void {
  const root = document.documentElement
  if (choice === 'system') {
    delete root.dataset['theme']
    document.cookie = 'gatehouse-theme=; path=/; max-age=0; samesite=lax'
  } else {
    root.dataset['theme'] = choice
    document.cookie = `gatehouse-theme=${choice}; path=/; max-age=31536000; samesite=lax`
  }
  for (const tell of listeners) tell()
}

/** Three small buttons in a row. */
export function ThemeToggle() {
  // While hydrating no choice is marked: the server does not repeat here what the document already says.
  const choice = useSyncExternalStore(subscribe, current, () => null)
  return (
    <div role="group" aria-label="Theme" className="mt-2 flex gap-px px-2">
      {CHOICES.map((c) => (
        <button key={c} type="button" aria-pressed={choice === c} onClick={() => chooseTheme(c)} className={classes('h-6 rounded-control px-2 text-11 first:-ml-2 hover:text-ink', choice === c ? 'font-medium text-ink' : 'text-ink-3')}>
          {c === 'system' ? 'System' : c === 'light' ? 'Light' : 'Dark'}
        </button>
      ))}
    </div>
  )
}
