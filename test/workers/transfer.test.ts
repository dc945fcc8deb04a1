import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { RequestBody } from '../../src/tasks/task.ts'
import { movable } from '../../src/workers/transfer.ts'

/** As it arrives at a worker: the memory listed has moved, the rest was copied. */
const moved = (body: RequestBody) => {
  const { body: owned, memory } = movable(body)
  return { arrived: structuredClone(owned, { transfer: [...memory] }), memory }
}

describe('movable', () => {
  it('sends the bytes of small parts and never the pool they lie in', () => {
    const pooled = Buffer.from('a mask')
    expect(pooled.buffer.byteLength).toBeGreaterThan(pooled.byteLength)
    const neighbour = Buffer.from('a mask of somebody else')
    const { arrived, memory } = moved({ type: 'parts', parts: [{ name: 'mask', bytes: pooled }] })
    expect(memory.map(({ byteLength }) => byteLength)).toEqual([0])
    expect(arrived).toEqual({
      type: 'parts',
      parts: [{ name: 'mask', bytes: Uint8Array.from(Buffer.from('a mask')) }],
    })
    if (arrived.type === 'parts') expect(arrived.parts[0].bytes.buffer.byteLength).toBe(6)
    expect(neighbour.toString()).toBe('a mask of somebody else')
  })

  it('moves what owns its memory and copies nothing', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    const { memory } = movable({ type: 'json', bytes })
    expect(memory).toEqual([bytes.buffer])
    expect(memory[0]).toBe(bytes.buffer)
    moved({ type: 'json', bytes })
    expect(bytes.byteLength).toBe(0)
  })

  it('copies what native code has made, because that cannot move', async () => {
    const create = { width: 1, height: 1, channels: 3 as const, background: 'red' }
    const bytes = await sharp({ create }).png().toBuffer()
    const { arrived } = moved({ type: 'json', bytes })
    expect(arrived.type === 'json' && Buffer.from(arrived.bytes)).toEqual(bytes)
  })

  it('takes empty parts, and two that share memory', () => {
    const whole = Uint8Array.of(1, 2)
    const parts = [
      { name: 'masks', bytes: new Uint8Array() },
      { name: 'masks', bytes: whole },
      { name: 'masks', bytes: whole },
    ]
    const { arrived } = moved({ type: 'parts', parts })
    expect(arrived.type === 'parts' && arrived.parts.map(({ bytes }) => [...bytes])).toEqual([
      [],
      [1, 2],
      [1, 2],
    ])
  })
})
