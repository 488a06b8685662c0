/** How the screen will most likely look after a tick, a note or an assignment: shown at once, replaced by what the server says. */
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import type { ItemView, ReleaseView } from '@/lib/domain/release/view'

function withItem(view: ReleaseView, itemId: string, change: (item: ItemView) => ItemView): ReleaseView {
  return {
    ...view,
    gates: view.gates.map((gate) => {
      if (!gate.items.some((item) => item.id === itemId)) return gate
      const items = gate.items.map((item) => (item.id === itemId ? change(item) : item))
      return { ...gate, items, missingCount: items.filter((item) => !item.isSettled).length }
    }),
  }
}

/** In: the view, the command, the instant. Out: the assumed view, or `null` for everything of record, which is shown only once it is committed. */
export function assumed(view: ReleaseView, command: ReleaseCommand, at: string): ReleaseView | null {
  const me = view.people.find((person) => person.id === view.viewer.personId)
  if (!me) return null
  const by = { id: me.id, name: me.name }
  switch (command.type) {
    case 'tick': return withItem(view, command.itemId, (item) => ({
      ...item, check: { isDone: command.isDone, by, at }, status: command.isDone ? 'met' : 'open', mark: command.isDone ? 'passed' : 'waiting', isSettled: command.isDone || !item.isRequired,
    }))
    case 'set-note': return withItem(view, command.itemId, (item) => (
      (item.note?.version ?? 0) === command.expects ? { ...item, note: { text: command.text, version: command.expects + 1, by, at } } : item
    ))
    case 'assign-item': return withItem(view, command.itemId, (item) => {
      const person = view.people.find((one) => one.id === command.personId)
      return { ...item, assignee: person ? { id: person.id, name: person.name } : null }
    })
    default: return null
  }
}
