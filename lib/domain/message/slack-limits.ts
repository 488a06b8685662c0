/** The limits of Slack's incoming webhooks that the renderer keeps, each with its source. The fake Slack has a table of its own, on purpose. */

/**
 * Counted in UTF-16 units, which is never less than what Slack counts.
 * Sources: https://docs.slack.dev/reference/block-kit/blocks and /composition-objects/text-object, as repeated in the docstrings of the
 * npm package `@slack/types` 3.2.0 (block-kit/blocks.d.ts, block-elements.d.ts, composition-objects.d.ts).
 */
export const SLACK_LIMITS = {
  /** blocks per message (docs.slack.dev/reference/block-kit/blocks) */
  blocks: 50,
  /** header block text (HeaderBlock.text) */
  headerText: 150,
  /** any text object, hence a section's text (TextObject.text, minimum 1) */
  sectionText: 3000,
  /** fields of a section (SectionBlock.fields) */
  sectionFields: 10,
  /** text of one field (SectionBlock.fields) */
  fieldText: 2000,
  /** elements of a context block (ContextBlock.elements) */
  contextElements: 10,
  /** elements of an actions block (ActionsBlock.elements) */
  actionsElements: 25,
  /** button text and accessibility label (Button.text, Button.accessibility_label) */
  buttonText: 75,
  /** button link (Button.url) */
  buttonUrl: 3000,
  /** block_id and action_id */
  identifier: 255,
  /** all blocks of a message together: not documented, observed as msg_blocks_too_long (slackapi/bolt-js#2509) */
  allBlocks: 13_200,
  /** top-level text, cut by Slack behind this (api.slack.com/changelog/2018-04-truncating-really-long-messages) */
  text: 40_000,
} as const
