/** What kinds of shared documents there are, and which service one lives in, told from its address without fetching it. Zod-free. */

export const DOCUMENT_KINDS = ['model-card', 'data-sheet', 'runbook', 'design', 'dashboard', 'evaluation', 'post-mortem', 'other'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

export const DOCUMENT_KIND_NAMES: Readonly<Record<DocumentKind, string>> = {
  'model-card': 'Model card', 'data-sheet': 'Data sheet', runbook: 'Runbook', design: 'Design', dashboard: 'Dashboard',
  evaluation: 'Evaluation', 'post-mortem': 'Post-mortem', other: 'Other',
}

export interface Provider {
  readonly id: string
  readonly name: string
  /** The revision that the address itself pins, such as a commit. */
  readonly pinnedRevision: string | null
}

const COMMIT = /\/(?:blob|tree|commit|src|resolve)\/([0-9a-f]{40})(?:\/|$)/i

type Rule = readonly [id: string, name: string, host: RegExp, path?: RegExp]

// The first rule that fits wins, so that a product stands before the company that hosts it.
const RULES: readonly Rule[] = [
  ['google-docs', 'Google Docs', /^docs\.google\.com$/, /^\/document\//],
  ['google-sheets', 'Google Sheets', /^docs\.google\.com$/, /^\/spreadsheets\//],
  ['google-slides', 'Google Slides', /^docs\.google\.com$/, /^\/presentation\//],
  ['google-drive', 'Google Drive', /^(drive|docs)\.google\.com$/],
  ['confluence', 'Confluence', /\.atlassian\.net$/, /^\/wiki(\/|$)/],
  ['jira', 'Jira', /\.atlassian\.net$/],
  ['confluence', 'Confluence', /^(confluence|wiki)\./],
  ['notion', 'Notion', /(^|\.)notion\.(so|site)$/],
  ['github-pull', 'GitHub pull request', /^github\.com$/, /^\/[^/]+\/[^/]+\/pull\//],
  ['github-issue', 'GitHub issue', /^github\.com$/, /^\/[^/]+\/[^/]+\/issues\//],
  ['github', 'GitHub', /^(gist\.)?github\.com$/],
  ['gitlab', 'GitLab', /(^|\.)gitlab\./],
  ['bitbucket', 'Bitbucket', /^bitbucket\.org$/],
  ['hugging-face', 'Hugging Face', /^(huggingface\.co|hf\.co)$/],
  ['wandb', 'Weights & Biases', /(^|\.)wandb\.ai$/],
  ['grafana', 'Grafana', /(^grafana\.|\.grafana\.(net|com)$)/],
  ['grafana', 'Grafana', /./, /^\/d\/[\w-]+\//],
  ['datadog', 'Datadog', /(^|\.)datadoghq\.(com|eu)$/],
  ['mlflow', 'MLflow', /^mlflow\./],
  ['sharepoint', 'SharePoint', /\.sharepoint\.com$/],
  ['figma', 'Figma', /(^|\.)figma\.com$/],
  ['miro', 'Miro', /(^|\.)miro\.com$/],
  ['dropbox', 'Dropbox', /(^|\.)dropbox\.com$/],
  ['slack', 'Slack', /\.slack\.com$/],
]

/** In: an address that `checkAddress` passed. Out: the service, by its name or by its host when unknown. */
export function providerOf(href: string): Provider {
  if (!URL.canParse(href)) return { id: 'web', name: 'Web page', pinnedRevision: null }
  const url = new URL(href)
  const host = url.hostname.toLowerCase().replace(/^www\./, '')
  const rule = RULES.find(([, , hosts, paths]) => hosts.test(host) && (paths === undefined || paths.test(url.pathname)))
  const pinnedRevision = COMMIT.exec(url.pathname)?.[1]?.toLowerCase() ?? null
  return rule ? { id: rule[0], name: rule[1], pinnedRevision } : { id: 'web', name: host, pinnedRevision }
}

/** The kind that an address suggests, for the form's first choice. */
export function suggestKind(href: string, title: string): DocumentKind {
  const words = `${href} ${title}`.toLowerCase()
  if (/model[-_ ]?card/.test(words)) return 'model-card'
  if (/data[-_ ]?sheet|dataset[-_ ]?card/.test(words)) return 'data-sheet'
  if (/runbook|playbook/.test(words)) return 'runbook'
  if (/post[-_ ]?mortem|incident[-_ ]?review/.test(words)) return 'post-mortem'
  if (/eval(uation)?|benchmark|wandb\.ai/.test(words)) return 'evaluation'
  if (/grafana|dashboard|datadog/.test(words)) return 'dashboard'
  return /design|rfc|architecture|figma/.test(words) ? 'design' : 'other'
}
