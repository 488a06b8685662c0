/** The key of a button, in the colour of the button itself, so that it stays readable on ink too; hidden where there is no keyboard to expect. */

export function ButtonKey({ children }: { children: string }) {
  return <kbd aria-hidden="true" className="rounded-[4px] border border-current/40 px-1 text-11 font-medium opacity-80 max-md:hidden">{children}</kbd>
}
