/** Hides how the bytes of a validation report become counts: which format it is, and XML without any of XML's traps. */
import 'server-only'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { countJson, countJunit, type ReportReading } from '@/lib/domain/evidence-import/report'

const MOST_JSON_DEPTH = 200

const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, processEntities: false, trimValues: true,
  // Output of tests can be long and is not counted.
  stopNodes: ['*.system-out', '*.system-err', '*.failure', '*.error'],
})

/**
 * Reads a report. In: the file as bytes. Out: format and counts, or one sentence that says what is wrong and what to do; never throws.
 * JSON and XML are told apart by their first character, so that the file's name does not matter.
 */
export function readReport(bytes: Uint8Array): ReportReading {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
  } catch {
    return { ok: false, problem: 'The file is no text in UTF-8. Import the report itself, not an archive or a picture of it.' }
  }
  if (text === '') return { ok: false, problem: 'The file is empty.' }
  if (text.startsWith('<')) return readXml(text)
  if (!isShallow(text)) return { ok: false, problem: 'The JSON of this report is nested too deeply to be read.' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, problem: 'The file is neither JSON nor XML. Great Expectations JSON, JUnit XML and the Gatehouse result schema can be imported.' }
  }
  return countJson(json)
}

/** Whether nothing is nested deeper than any report is: V8 reads each level of JSON on a stack of its own, which no limit of its heap counts. */
function isShallow(text: string): boolean {
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at]
    if (mark === '"') isQuoted = !isQuoted
    else if (isQuoted) at += mark === '\\' ? 1 : 0
    else if (mark === '[' || mark === '{') depth += 1
    else if (mark === ']' || mark === '}') depth -= 1
    if (depth > MOST_JSON_DEPTH) return false
  }
  return true
}

function readXml(text: string): ReportReading {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return { ok: false, problem: 'The report declares a document type or entities. Remove the <!DOCTYPE …> and import it again.' }
  try {
    const checked = XMLValidator.validate(text)
    if (checked !== true) return { ok: false, problem: `The XML is broken in line ${checked.err.line}: ${checked.err.msg}` }
    const tree: unknown = parser.parse(text)
    return countJunit(tree)
  } catch {
    return { ok: false, problem: 'The XML could not be read. Import the report as the test run wrote it.' }
  }
}
