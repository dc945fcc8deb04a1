import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownCode, markup, visible } from '../../../src/evaluations/reports/escape.ts'
import { hostileText } from './sample-report.ts'

describe('text from outside', () => {
  it('shows as a code what cannot be seen or turns the direction of writing', () => {
    expect(visible('a\u202eb\0c\ud800\uffff')).toBe('a⟨U+202E⟩b⟨U+0000⟩c⟨U+D800⟩⟨U+FFFF⟩')
    expect(visible('Straße 東京 👩‍🔬 é')).toBe('Straße 東京 👩‍🔬 é')
  })

  it('never opens a tag, ends an attribute, or holds a character that XML forbids', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(markup(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
        expect(markup(text)).toMatch(/^[\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
      }),
    )
  })

  it('is one code span or bar after another in Markdown, on one line, and never cuts a table', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const code = markdownCode(text)
        expect(code).not.toMatch(/[|\r\n]/)
        expect(spansOf(code)).toBe(true)
      }),
    )
  })
})

/** Reads Markdown as CommonMark does: a run of backticks closes at the next run of the same length. */
function spansOf(code: string): boolean {
  let rest = code
  while (rest !== '') {
    if (rest.startsWith('&#124;')) rest = rest.slice('&#124;'.length)
    else if (rest === '(empty)') rest = ''
    else {
      const fence = /^`+/.exec(rest)?.[0]
      if (fence === undefined) return false
      const runs = [...rest.slice(fence.length).matchAll(/`+/g)]
      const close = runs.find(([run]) => run.length === fence.length)
      if (!close) return false
      rest = rest.slice(fence.length + close.index + fence.length)
    }
  }
  return true
}
