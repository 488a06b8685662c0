/** The mark of the product: a gate. */

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
