/** What a command of the operator's command line looks like. */

export interface Command {
  /** As it is typed: `person add`. */
  readonly name: string
  /** Its arguments, for the help. */
  readonly usage: string
  readonly summary: string
  /** Runs it. In: the words after the name. Out: the exit code. A CommandFault is printed as one sentence; anything else is a bug. */
  run(words: readonly string[]): Promise<number>
}

/** The operator can mend this; the message says how. */
export class CommandFault extends Error {}
