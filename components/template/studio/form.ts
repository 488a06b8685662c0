/** What the forms of the template studio are given: whom a line can belong to, and how the gates are changed. */
import type { GateTemplate } from '@/lib/domain/template/template'
import type { TemplateView } from '@/lib/domain/template/view'

export type Teams = TemplateView['teams']
export type ChangeGates = (make: (gates: readonly GateTemplate[]) => readonly GateTemplate[], field?: string) => void
