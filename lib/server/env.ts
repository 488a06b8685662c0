/** The configuration, for the server layer; how it is read is in lib/public/config.ts, which server.ts and the command line share. */
import 'server-only'
import { config, type Config } from '@/lib/public/config'

/** The validated configuration of this process. Throws ConfigError, naming every fault, when it cannot be used. */
export function env(): Config {
  return config()
}
