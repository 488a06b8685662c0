/** The 28 tests of the ML Test Score (Breck, Cai, Nielsen, Salib, Sculley; IEEE Big Data 2017), in our words, in their four sections. */
import { RUBRIC_CODES, type RubricCode } from '@/lib/domain/template/template'

export const SECTIONS = ['data', 'model', 'infrastructure', 'monitoring'] as const
export type SectionKey = (typeof SECTIONS)[number]

export const SECTION_NAMES: Readonly<Record<SectionKey, string>> = { data: 'Data', model: 'Model', infrastructure: 'Infrastructure', monitoring: 'Monitoring' }

const LETTERS: Readonly<Record<string, SectionKey>> = { D: 'data', M: 'model', I: 'infrastructure', O: 'monitoring' }

/** What each test asks. */
export const TEST_NAMES: Readonly<Record<RubricCode, string>> = {
  D1: 'What is expected of each feature is written as a schema', D2: 'Every feature earns its keep', D3: 'No feature costs more than it gives', D4: 'Features obey written policy',
  D5: 'Privacy is controlled along the whole pipeline', D6: 'A new feature reaches production quickly', D7: 'The code of features is tested',
  M1: 'Every model specification is reviewed and versioned', M2: 'The offline metric moves with the live one', M3: 'Hyper-parameters are tuned', M4: 'The cost of an old model is known',
  M5: 'It is compared with a simpler model', M6: 'It is good enough on every important slice', M7: 'It was checked for unfair effects',
  I1: 'Training repeats to the same model', I2: 'The code of the model has unit tests', I3: 'The whole pipeline has an integration test', I4: 'Quality is validated before it serves',
  I5: 'One example can be traced step by step', I6: 'A canary comes before full traffic', I7: 'The way back to an earlier version is quick',
  O1: 'Changes of upstream data are told', O2: 'The rules of the data hold live', O3: 'Training and serving compute the same features', O4: 'The model is not older than it may be',
  O5: 'No invalid numbers come out', O6: 'Speed and memory have not regressed', O7: 'Live quality has not regressed',
}

/** The tests of a section, in their order. */
export function testsOf(section: SectionKey): readonly RubricCode[] {
  return RUBRIC_CODES.filter((code) => LETTERS[code.charAt(0)] === section)
}

export type Band = 'research' | 'holes' | 'first-pass' | 'reasonable' | 'strong' | 'exceptional'

/** How the paper reads a final score. */
export function bandOf(score: number): Band {
  if (score <= 0) return 'research'
  if (score <= 1) return 'holes'
  if (score <= 2) return 'first-pass'
  if (score <= 3) return 'reasonable'
  return score <= 5 ? 'strong' : 'exceptional'
}

export const BAND_WORDS: Readonly<Record<Band, string>> = {
  research: 'more a research project than a production system', holes: 'not wholly untested, but serious holes are likely', 'first-pass': 'a first pass at making it fit for production; more is needed',
  reasonable: 'reasonably tested; more of it could run by itself', strong: 'strongly tested and monitored; fit for mission-critical use', exceptional: 'exceptionally tested and monitored',
}
