/** The mark of the product: a gate, alone and with its name. */
import { classes } from '@/components/ui/class-names'

/** The gate, in the colour of the text around it. */
export function Brand({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" className="shrink-0">
      <path d="M3 18V9a7 7 0 0 1 14 0v9" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M10 18v-7" stroke="currentColor" strokeWidth="2" />
      <circle cx="10" cy="8" r="1.6" fill="currentColor" />
    </svg>
  )
}

/** The mark and the name, for pages without a frame. */
export function BrandName({ className }: { className?: string }) {
  return <p className={classes('flex items-center gap-2 text-14 font-semibold tracking-tight', className)}><Brand />Gatehouse</p>
}
