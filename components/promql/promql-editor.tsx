'use client'
/** The field in which PromQL is written: a plain text area at once, an editor that marks faults and completes names as soon as it is loaded. */
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { classes } from '@/components/ui/class-names'
import type { CodeEditor, makeCodeEditor } from './code-editor'

interface PromqlEditorProps {
  /** Accessible name, such as "PromQL of Targets up". */
  label: string
  value: string
  onChange: (value: string) => void
  /** Where names are completed from; `null` without a source. */
  sourceId: string | null
  /** What the server or Prometheus says of it; stands below, after what the editor itself finds. */
  errors?: readonly string[]
  placeholder?: string
  /** Told when the editor's own check changes its mind: the words of the first fault, or `null`. */
  onFault?: (message: string | null) => void
  className?: string
}

const EXAMPLE = 'sum(rate(my_requests_total{$sel}[$w]))'

/** In: a controlled value, templates with `$sel`, `$base`, `$w` included. Without script, before it loads and when it cannot load it is a text area. */
export function PromqlEditor({ label, value, onChange, sourceId, errors = [], placeholder = EXAMPLE, onFault, className }: PromqlEditorProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const plain = useRef<HTMLTextAreaElement>(null)
  const editor = useRef<CodeEditor | null>(null)
  const [isReady, setReady] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const said = [...(fault === null ? [] : [fault]), ...errors.filter((one) => one !== fault)]
  const attributes = attributesOf(label, `${id}-note`, said.length > 0)
  const attributesKey = JSON.stringify(attributes)

  const changed = useEffectEvent((next: string) => onChange(next))
  const judged = useEffectEvent((message: string | null) => {
    setFault(message)
    onFault?.(message)
  })
  const begin = useEffectEvent((parent: HTMLElement, make: typeof makeCodeEditor) => {
    editor.current = make({
      parent, value, placeholder, attributes, sourceId, hasFocus: document.activeElement === plain.current,
      onChange: changed, onFault: judged, onTrouble: setTrouble,
    })
  })

  useEffect(() => {
    let isGone = false
    // A part that does not arrive leaves the text area, in which everything can be written too.
    import('./code-editor').then((part) => {
      if (isGone || !box.current) return
      begin(box.current, part.makeCodeEditor)
      setReady(true)
    }).catch(() => undefined)
    return () => {
      isGone = true
      editor.current?.destroy()
      editor.current = null
    }
  }, [])
  useEffect(() => editor.current?.setValue(value), [value])
  useEffect(() => editor.current?.setSource(sourceId), [sourceId])
  useEffect(() => editor.current?.setAttributes(JSON.parse(attributesKey)), [attributesKey])

  return (
    <div className={classes('min-w-0', className)}>
      {!isReady && <textarea {...attributes} ref={plain} rows={3} spellCheck={false} placeholder={placeholder} value={value} onChange={(event) => onChange(event.target.value)} className="control mono block min-h-20" />}
      <div ref={box} className={isReady ? 'min-h-20' : undefined} />
      <p id={`${id}-note`} className={classes('min-h-5 pt-1 text-12', said.length > 0 ? 'text-failed' : 'text-ink-3')}>
        {said.length > 0 ? said.join(' ') : trouble !== null ? `Names are not completed: ${trouble}` : <><code>$sel</code> stands for the labels of the version, <code>$base</code> for those of the model, <code>$w</code> for the window.</>}
      </p>
    </div>
  )
}

function attributesOf(label: string, noteId: string, isWrong: boolean) {
  return { 'aria-label': label, 'aria-describedby': noteId, ...(isWrong ? { 'aria-invalid': 'true' as const } : {}) }
}
