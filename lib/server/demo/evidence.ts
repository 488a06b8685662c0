/** What people of the demo write into the lines of a gate: titles, links, counts, numbers and notes. */
import 'server-only'
import type { CommandOf } from '@/lib/domain/release/commands'
import { hex, type ModelCast } from './cast'

type Evidence = CommandOf<'add-evidence'>['evidence']
type Writer = (model: ModelCast, label: string) => Evidence

const wiki = (title: string, page: string): Writer => (model) => ({ kind: 'link', title, url: `https://northwind.atlassian.net/wiki/spaces/ML/pages/${model.slug}/${page}` })
const github = (title: string, path: string): Writer => (model, label) => ({ kind: 'link', title, url: `https://github.com/northwind-ml/${model.slug}/blob/${hex(`${model.slug} commit ${label}`, 40)}/${path}` })
const google = (title: string): Writer => (model, label) => ({ kind: 'link', title, url: `https://docs.google.com/document/d/${hex(`${model.slug} ${label} ${title}`, 32)}/edit` })
const grafana = (title: string): Writer => (model) => ({ kind: 'link', title, url: `https://grafana.northwind.example/d/${hex(model.slug, 9)}/${model.slug}` })
const wandb = (title: string): Writer => (model, label) => ({ kind: 'link', title, url: `https://wandb.ai/northwind/${model.slug}/reports/${hex(`${label} ${title}`, 12)}` })
const slack = (title: string): Writer => (model) => ({ kind: 'link', title, url: `https://northwind.slack.com/archives/C0${hex(model.slug, 8).toUpperCase()}/p1763800000` })

/** Counts as a report would state them; a little different for each version. */
function result(title: string, format: 'great-expectations' | 'junit', about: number): Writer {
  return (model, label) => ({ kind: 'result', title, hash: null, format, passed: about + (Number.parseInt(hex(`${model.slug}${label}${title}`, 4), 16) % 90), failed: 0, skipped: format === 'junit' ? 2 : 0 })
}

const WRITERS: Readonly<Record<string, Writer>> = {
  '1.1': google('Model card, intended and out-of-scope use'), '1.3': wandb('Baseline: gradient boosting and a rule, same set'),
  '2.1': github('train.dvc at the commit of the version', 'data/train.dvc'), '2.2': result('Great Expectations, nightly suite', 'great-expectations', 140),
  '2.3': wiki('Privacy review, signed by the data protection officer', 'privacy-review'), '2.4': wandb('Feature cost and gain'), '2.6': result('Feature code, CI', 'junit', 310),
  '3.1': wandb('Evaluation beside the stable version, frozen set'), '3.2': wandb('Slices; the worst is named'), '3.3': wiki('Fairness report', 'fairness'),
  '3.4': wandb('Sweep: 120 runs'), '3.6': google('Model card'), '3.8': google('Red team, two rounds'),
  '4.1': github('release.lock: commit, image and model digest', 'release.lock'), '4.2': wandb('Second training run, within 0.2 points'), '4.3': result('Unit and pipeline tests, CI', 'junit', 620),
  '4.4': wiki('One example, traced from training to the log', 'trace'), '4.6': github('behaviour.lock: prompt, tools, index', 'behaviour.lock'),
  '5.3': google('Load test at peak and 1.5 × peak'), '5.4': wiki('Failure modes and what users see', 'failure-modes'), '5.5': wiki('Access review', 'access-review'), '5.15': wiki('Provider version and retirement', 'provider'),
  '6.1': grafana('Dashboard for on-call'), '6.2': github('Alert rules with runbooks', 'ops/alerts.yaml'), '6.5': slack('Test alert in #ml-alerts'), '6.6': wiki('Prediction log and who may read it', 'prediction-log'),
  '7.1': github('Last stable, resolved by digest today', 'ops/last-stable.lock'), '7.2': wiki('Roll-back runbook', 'roll-back'), '7.5': google('Message to users, drafted'), '7.6': wiki('Fallback: answers from the help pages only', 'fallback'),
  '11.2': wandb('Offline gain beside the live one'), '11.5': google('Retrospective'),
}

/** The evidence of an item, as this company would bring it. */
export function evidenceFor(itemId: string, model: ModelCast, label: string): Evidence {
  return (WRITERS[itemId] ?? wiki('Report', itemId))(model, label)
}

/** What is recorded for value items; the target is set where the template leaves it open. */
export const VALUES: Readonly<Record<string, { readonly value: number; readonly target: number | null }>> = {
  '2.5': { value: 12, target: null }, '2.7': { value: 14, target: null }, '3.5': { value: 60, target: null }, '3.7': { value: 0.934, target: 0.92 },
  '3.9': { value: 0.95, target: null }, '5.14': { value: 2.1, target: 2.5 }, '7.3': { value: 6, target: null },
}

/** Notes on ticks, where people have something to say. */
export const NOTES: Readonly<Record<string, string>> = {
  '1.2': 'Success: conversion +0.4 points. Guard-rail: complaints per 1,000 orders, not above 1.8.',
  '1.4': 'Nothing in the calendar until the winter freeze, which begins on 20 December.',
  '4.5': 'Read together. New feature window; serving is the same but for the image.',
  '5.2': 'Peak from last November plus 40 %.',
  '7.4': 'The stable version reads the new feature rows; checked with a replay of one hour.',
}
