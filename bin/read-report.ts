/** The program that reads one validation report: the file comes in on standard input, what it says goes out as one line of JSON. */
import { buffer } from 'node:stream/consumers'
import { readReport } from '@/lib/server/evidence/read-report'

console.log(JSON.stringify(readReport(await buffer(process.stdin))))
