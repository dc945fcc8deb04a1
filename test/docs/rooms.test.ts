import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rooms } from '../../src/docs/rooms.ts'
import { withRooms } from '../../src/docs/rooms-section.ts'

const page = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8')

describe('the rooms in CONTRIBUTING.md', () => {
  it('name every room once in the table', () => {
    for (const name of Object.keys(rooms))
      expect(page.match(new RegExp(`^\\| \`(src/)?${name}(\\.ts)?\` \\|`, 'gm')), name).toHaveLength(1)
  })

  it('are drawn so that what a room may know is reached by arrows, and nothing else is', () => {
    const arrows = [...page.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => ({ from, to }))
    const reachedFrom = (room: string): string[] =>
      arrows.filter(({ from }) => from === room).flatMap(({ to }) => [to, ...reachedFrom(to)])
    for (const [room, { mayKnow }] of Object.entries(rooms)) {
      const drawn = (mayKnow ?? []).filter((other) => !['problems', 'limits'].includes(other))
      expect(reachedFrom(room), room).toEqual(expect.arrayContaining(drawn))
    }
    for (const { from, to } of arrows) expect(rooms[from].mayKnow ?? Object.keys(rooms)).toContain(to)
  })

  it('replace only what stands between the marks, and need both', () => {
    expect(withRooms(page)).toBe(page)
    expect(() => withRooms('# Contributing\n')).toThrow('has no part between')
  })
})
