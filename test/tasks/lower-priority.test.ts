import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('./tell-priorities.ts', import.meta.url))
const tell = (own: number, steps: number): unknown =>
  JSON.parse(execFileSync(process.execPath, [program, String(own), String(steps)], { encoding: 'utf8' }))

describe.runIf(process.platform === 'linux')('a lowered priority (Linux; elsewhere none is changed)', () => {
  it('is that of the calling thread, and of no other', () => {
    expect(tell(0, 5)).toEqual({ main: 0, thread: 5 })
  })

  it('is counted from the priority that the process was started with', () => {
    expect(tell(7, 5)).toEqual({ main: 7, thread: 12 })
  })

  it('is never below the lowest that there is', () => {
    expect(tell(15, 10)).toEqual({ main: 15, thread: 19 })
  })
})
