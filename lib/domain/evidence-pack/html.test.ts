import { expect, it } from 'vitest'
import { prose } from './html'

it('shows minutes as a page: headings, what people wrote in quotes, lists; and nothing in them is a tag', () => {
  const minutes = ['# Weekly', '', '## Answers', '', '### Ops', '', '**Needs**', '', '> The <b>second</b> host', '> # is no heading', '', '- Action: order it', '- Decision D-7', 'Nothing **else**.'].join('\n')
  expect(prose(minutes).text).toBe('<h4>Weekly</h4><h4>Answers</h4><h5>Ops</h5><p class="small"><b>Needs</b></p><blockquote><p>The &#60;b&#62;second&#60;/b&#62; host</p><p># is no heading</p></blockquote><ul><li>Action: order it</li><li>Decision D-7</li></ul><p>Nothing **else**.</p>')
})
