import { afterEach, describe, expect, it, vi } from 'vitest'
import { givingWay, noCallYet, noteCall } from '../../src/workers/give-way.ts'

/** Milliseconds on the clock, after the start. */
const at = (ms: number) => {
  vi.spyOn(performance, 'now').mockReturnValue(1000 + ms)
}

/** A thread at the start of the clock, when somebody has just called. */
function afterCall() {
  at(0)
  const lastCall = noCallYet()
  const rest = vi.fn()
  const giveWay = givingWay(lastCall, rest)
  noteCall(lastCall)
  return { rest, giveWay }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a thread in the background', () => {
  it('does not rest while nobody has called', () => {
    at(0)
    const rest = vi.fn()
    const giveWay = givingWay(noCallYet(), rest)
    at(5000)
    giveWay()
    expect(rest).not.toHaveBeenCalled()
  })

  it('rests while others call, but not before it has worked for a moment', () => {
    const { rest, giveWay } = afterCall()
    at(0.5)
    giveWay()
    expect(rest).not.toHaveBeenCalled()
    at(0.7)
    giveWay()
    giveWay()
    expect(rest).toHaveBeenCalledTimes(1)
    at(1.4)
    giveWay()
    expect(rest).toHaveBeenCalledTimes(2)
  })

  it('goes on without a rest two seconds after the last call', () => {
    const { rest, giveWay } = afterCall()
    at(2000)
    giveWay()
    expect(rest).not.toHaveBeenCalled()
  })

  it('wakes from its rest by itself', () => {
    const lastCall = noCallYet()
    noteCall(lastCall)
    const giveWay = givingWay(lastCall)
    const wait = vi.spyOn(Atomics, 'wait')
    while (wait.mock.results.length < 3) giveWay()
    expect(wait.mock.results.map(({ value }) => value)).toEqual(Array(3).fill('timed-out'))
  })
})
