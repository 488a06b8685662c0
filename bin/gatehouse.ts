/** The operator's command line: finds the command by its words, runs it, and turns what goes wrong into one sentence and an exit code. */
import { ConfigError } from '@/lib/public/config'
import { CommandFault, type Command } from '@/bin/commands/command'
import { backup } from '@/bin/commands/backup'
import { checkpoint } from '@/bin/commands/checkpoint'
import { evidencePack } from '@/bin/commands/evidence-pack'
import { personAdd } from '@/bin/commands/person-add'
import { verify } from '@/bin/commands/verify'
import { wait } from '@/bin/commands/wait'

/** Every command; a new one is a file in bin/commands and its name here. */
const COMMANDS: readonly Command[] = [personAdd, verify, checkpoint, evidencePack, backup, wait]

const words = process.argv.slice(2)
const command = COMMANDS.find(({ name }) => name.split(' ').every((word, index) => words[index] === word))

if (!command) {
  const width = Math.max(...COMMANDS.map(({ name, usage }) => name.length + usage.length + 1))
  console.log(['Usage: gatehouse COMMAND', '', ...COMMANDS.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(width)}  ${summary}`)].join('\n'))
  process.exit(words.length === 0 || words[0] === 'help' || words[0] === '--help' ? 0 : 64)
}

try {
  process.exit(await command.run(words.slice(command.name.split(' ').length)))
} catch (error) {
  if (!(error instanceof CommandFault || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(error instanceof ConfigError ? 78 : 1)
}
