'use client'
/** Opens what an item asks in the dialog that fits it: the whole measurement of a metric item, the plain rule of any other. */
import { MetricItemEditor } from '@/components/metric-item/metric-item-editor'
import type { DialogProps } from '@/components/release/dialogs/command-dialog'
import { RuleDialog } from '@/components/release/dialogs/rule-dialog'
import { itemOf, useStage } from '@/components/release/stage'

export function RuleChoice(props: DialogProps & { itemId: string }) {
  const { view } = useStage()
  return itemOf(view, props.itemId)?.metric ? <MetricItemEditor {...props} /> : <RuleDialog {...props} />
}
