import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answer } from './answers.ts'
import { differenceOf, readRewordings } from './rewordings.ts'

const answer = (text: string, status = 200, etag = 'a'): Answer => ({
  status,
  headers: { etag, 'content-type': 'application/json' },
  body: Buffer.from(text),
})
const none = readRewordings(undefined)

function rewordings(text: string) {
  const path = join(mkdtempSync(join(tmpdir(), 'rewordings-')), 'list')
  writeFileSync(path, text)
  return readRewordings(path)
}

describe('the difference of two answers', () => {
  it('is none when status, headers and body are the same', () => {
    expect(differenceOf(answer('{"x":1}'), answer('{"x":1}'), none)).toBeUndefined()
  })

  it('shows where the bodies part', () => {
    expect(differenceOf(answer('{"x":1}'), answer('{"x":2}'), none)).toContain('from byte 5')
  })

  it('shows bytes that differ behind the same text', () => {
    const [one, other] = [0x80, 0x81].map((byte) => ({ ...answer(''), body: Buffer.of(byte) }))
    expect(differenceOf(one, other, none)).toBeDefined()
  })

  it('shows another status and another content type of the same body', () => {
    expect(differenceOf(answer('x'), answer('x', 400), none)).toContain('400')
    const html = { ...answer('x'), headers: { 'content-type': 'text/html' } }
    expect(differenceOf(answer('x'), html, none)).toContain('text/html')
  })

  it('lets words change that are listed, and the fingerprint with them', () => {
    const listed = rewordings('# words\n\nstands twice → is sent twice\n')
    expect(
      differenceOf(answer('it is sent twice', 400, 'b'), answer('it stands twice', 400), listed),
    ).toBeUndefined()
    expect(differenceOf(answer('it is sent twice', 400), answer('it stands twice', 422), listed)).toContain(
      '422',
    )
    expect(differenceOf(answer('it is sent thrice'), answer('it stands twice'), listed)).toBeDefined()
  })

  it('lets any answer turn into one that holds intended words', () => {
    const listed = rewordings('→ is not UTF-8')
    expect(differenceOf(answer('the text is not UTF-8', 422), answer('{"x":1}'), listed)).toBeUndefined()
    expect(differenceOf(answer('{"x":1}'), answer('the text is not UTF-8', 422), listed)).toBeDefined()
  })

  it('lets numbers differ by a share, where one is given, and nothing else', () => {
    const near = readRewordings(undefined, { slack: 1e-12 })
    expect(differenceOf(answer('{"x":0.3}'), answer('{"x":0.30000000000000004}'), near)).toBeUndefined()
    expect(differenceOf(answer('{"x":1}'), answer('{"x":0.9999999999999999}'), near)).toBeUndefined()
    expect(differenceOf(answer('{"x":0.3}'), answer('{"x":0.30000000000000004}'), none)).toBeDefined()
    expect(differenceOf(answer('9e999 0.3'), answer('9e999 0.30000000000000004'), near)).toBeUndefined()
    expect(differenceOf(answer('{"x":0.3}'), answer('{"x":0.3001}'), near)).toBeDefined()
    expect(differenceOf(answer('{"x":0.3}'), answer('{"y":0.3}'), near)).toBeDefined()
    expect(differenceOf(answer('{"x":0}'), answer('{"x":1e-17}'), near)).toBeDefined()
  })

  it('lets texts for people differ when it is asked to, and tells which', () => {
    const said = new Map<string, string>()
    const words = readRewordings(undefined, { said })
    const refusal = (detail: string, code = 'CORRUPT') =>
      answer(
        JSON.stringify({ code, detail, errors: [{ pointer: '/a', message: detail }], hints: [detail] }),
        422,
      )
    expect(differenceOf(refusal('This is new.'), refusal('it was old'), words)).toBeUndefined()
    expect([...said]).toEqual([['it was old', 'This is new.']])
    expect(differenceOf(refusal('x', 'TRUNCATED'), refusal('x'), words)).toContain('TRUNCATED')
    expect(differenceOf(refusal('This is new.'), refusal('it was old'), none)).toBeDefined()
  })

  it('refuses a list with a line that is no rewording', () => {
    expect(() => rewordings('from => to')).toThrow('from => to')
  })
})
