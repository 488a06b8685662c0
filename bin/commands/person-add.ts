/** `gatehouse person add`: invites somebody from the console, such as an admin when nobody can sign in any more. */
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { v7 as newId } from 'uuid'
import { CommandFault, type Command } from '@/bin/commands/command'
import type { Store } from '@/db/store'
import type { Membership } from '@/lib/domain/actor'
import { invite } from '@/lib/server/auth/people'
import { closeStore, rawStore } from '@/lib/server/raw-store'

export const personAdd: Command = {
  name: 'person add',
  usage: 'NAME E-MAIL [--team TEAM[:lead]]… [--admin]',
  summary: 'Invites somebody and prints the link. With the embedded database, stop the server first.',
  async run(words) {
    const { name, email, memberships, isAdmin } = argumentsOf(words)
    const store = await open()
    try {
      const answer = await invite(store, { id: newId(), name, email, memberships, isAdmin }, { kind: 'system', name: 'setup' }, randomUUID(), new Date())
      if (!('url' in answer)) throw new CommandFault(answer.message)
      console.log(`${name} can set a password until ${answer.expiresAt} at\n${answer.url}`)
      return 0
    } finally {
      await closeStore()
    }
  },
}

// The file belongs to one writing process; opening says so in one sentence.
async function open(): Promise<Store> {
  try {
    return await rawStore()
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error))
  }
}

function argumentsOf(words: readonly string[]) {
  const { values, positionals } = parse(words)
  const [name, email, ...rest] = positionals
  if (name === undefined || email === undefined || rest.length > 0) throw new CommandFault('Say who: gatehouse person add "Mara Lind" mara@example.org --team product:lead')
  return { name, email, memberships: (values.team ?? []).map(membershipOf), isAdmin: values.admin ?? false }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: { team: { type: 'string', multiple: true }, admin: { type: 'boolean' } } })
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error))
  }
}

function membershipOf(text: string): Membership {
  const [team = '', role = 'member'] = text.split(':')
  if (role !== 'member' && role !== 'lead') throw new CommandFault(`${text}: a role is member or lead.`)
  return { team, role }
}
