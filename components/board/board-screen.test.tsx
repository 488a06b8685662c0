/** What the board's first HTML holds: complete rows, counts that equal the rows behind them, and words for what is drawn. */
import { describe, expect, it, vi } from 'vitest'
import { renderToStaticMarkup } from 'react-dom/server'
import { BoardScreen } from '@/components/board/board-screen'
import { emptyBoard, firstRows, sampleBoard, SAMPLE_NOW } from '@/components/board/testing/sample-board'
import { ViewerClock } from '@/components/ui/clock'
import { boardFiltersOf, boardHref, rowsIn as rowsOf, type BoardView } from '@/lib/domain/board'

vi.mock('next/navigation', () => ({ useRouter: () => ({}) }))

function draw(view: BoardView): string {
  return renderToStaticMarkup(<ViewerClock now={SAMPLE_NOW} zone="UTC"><BoardScreen view={view} filters={{}} listKey="" /></ViewerClock>)
}

const rowsIn = (html: string) => html.match(/href="\/releases\/(?!new)/g)?.length ?? 0

describe('the board', () => {
  it('opens with its sentence and says the next check-in in the viewer’s time', () => {
    const html = draw(sampleBoard())
    expect(html.includes('7 releases')).toBe(true)
    expect(/Next check-in .*today 15:12.*agenda has 6 lines/.test(html)).toBe(true)
    const view = sampleBoard()
    expect(draw({ ...view, nextCheckIn: view.nextCheckIn && { ...view.nextCheckIn, isRunning: true } })).toMatch(/Running now: the check-in of .*today 15:12/)
  })

  it('holds every row with rail text, sentence, ball, metric and date', () => {
    const html = draw(sampleBoard())
    expect(rowsIn(html)).toBe(7)
    expect(html.includes('8 of 11 gates passed. Gate 9, Canary: at risk; the ball is here.')).toBe(true)
    expect(html.includes('late by 2 d')).toBe(true)
    expect(html.includes('<span class="sr-only">p95 latency </span>163 ms')).toBe(true)
  })

  it('counts in each heading the rows below it', () => {
    for (const g of sampleBoard().groups) expect(draw(sampleBoard()).includes(`>${g.title}</h2><span class="text-ink-3">${g.rows.length}</span>`)).toBe(true)
  })

  it('holds at least the first 30 complete rows of 500, and not all of them', () => {
    const rows = rowsIn(draw(sampleBoard(493)))
    expect(rows).toBeGreaterThanOrEqual(30)
    expect(rows).toBeLessThan(60)
  })

  it('says what to do next when it is empty, and when filters leave nothing', () => {
    expect(draw(emptyBoard()).includes('No release is in flight.')).toBe(true)
    expect(draw({ ...sampleBoard(), groups: [], shown: 0 }).includes('Show all 7 in flight')).toBe(true)
  })

  it('says why a release may not be opened', () => {
    expect(draw({ ...emptyBoard(), openRefusal: 'Only members of a team open releases.' }).includes('role="tooltip"')).toBe(true)
  })
})

it('keeps filters in the URL and drops what it does not know', () => {
  const filters = boardFiltersOf(new URLSearchParams('overdue=1&team=ops&nonsense=1&mine=no&state='))
  expect(filters).toEqual({ team: 'ops', overdue: true })
  expect(boardHref(filters)).toBe('/?team=ops&overdue=1')
  expect(boardHref({})).toBe('/')
})

describe('a long board’s beginning', () => {
  const begun = firstRows(sampleBoard(493), 40)

  it('has the first rows in order, and keeps every count', () => {
    expect(begun.groups.flatMap((g) => g.rows)).toHaveLength(40)
    expect(begun.groups.map(rowsOf)).toEqual(sampleBoard(493).groups.map((g) => g.rows.length))
    expect(begun.shown).toBe(500)
  })

  it('draws the first 30 rows complete, and the count of the whole group', () => {
    const html = draw(begun)
    expect(rowsIn(html)).toBeGreaterThanOrEqual(30)
    expect(html.includes('>Preparing</h2><span class="text-ink-3">497</span>')).toBe(true)
  })

  it('leaves a short board as it is', () => {
    expect(firstRows(sampleBoard(), 40).groups.map((g) => g.hidden)).toEqual([0, 0, 0])
  })
})
