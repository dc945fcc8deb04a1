import { describe, expect, it } from 'vitest'
import { statusLine } from '../../src/commands/status-line.ts'

const screen = (columns: number) => {
  const written: string[] = []
  return { written, stream: { columns, write: (text: string) => written.push(text) > 0 } }
}

describe('the status line', () => {
  it('erases what it drew before anything else is drawn, and nothing where it drew nothing', () => {
    const { written, stream } = screen(40)
    const line = statusLine(stream)
    line.clear()
    line.draw('50 %')
    line.draw('60 %')
    line.draw('')
    line.clear()
    expect(written).toEqual(['50 %', '\r\x1b[2K', '60 %', '\r\x1b[2K'])
  })

  it('cuts a text that would wrap, between characters', () => {
    const { written, stream } = screen(5)
    statusLine(stream).draw('a😀bcdef')
    expect(written).toEqual(['a😀bc'])
  })
})
