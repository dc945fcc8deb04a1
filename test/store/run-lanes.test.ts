import { describe, expect, it } from 'vitest'
import { RunLanes } from '../../src/store/queue/run-lanes.ts'

const { signal } = new AbortController()
const turns = () => new Promise((resolve) => setImmediate(resolve))

/** Work that says when it begins, and ends when it is told to. */
function works() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    begun.push(name)
    return new Promise<void>((resolve) => ends.set(name, resolve))
  }
  return { begun, work, end: (name: string) => ends.get(name)?.() }
}

describe('the lanes of a run', () => {
  it('are taken in the order of asking, and those of another run beside them', async () => {
    const lanes = new RunLanes(2)
    const { begun, work, end } = works()
    for (const name of ['a1', 'a2', 'a3', 'a4']) void lanes.take('a', work(name), signal)
    for (const name of ['b1', 'b2', 'b3']) void lanes.take('b', work(name), signal)
    await turns()
    expect(begun).toEqual(['a1', 'a2', 'b1', 'b2'])
    end('a2')
    await turns()
    end('a3')
    await turns()
    expect(begun).toEqual(['a1', 'a2', 'b1', 'b2', 'a3', 'a4'])
  })

  it('are free again after work that failed or that was given up while it waited', async () => {
    const lanes = new RunLanes(1)
    const { begun, work, end } = works()
    const first = lanes.take('a', work('first'), signal)
    const leaving = new AbortController()
    const left = lanes.take('a', work('left'), leaving.signal)
    const failing = lanes.take('a', () => Promise.reject(new Error('failed')), signal)
    const last = lanes.take('a', work('last'), signal)
    leaving.abort(new Error('left'))
    await expect(left).rejects.toThrow('left')
    end('first')
    await first
    await expect(failing).rejects.toThrow('failed')
    await turns()
    end('last')
    await last
    expect(begun).toEqual(['first', 'last'])
  })
})
