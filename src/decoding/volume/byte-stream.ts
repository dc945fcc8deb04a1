/** Bytes in order, however they are stored: what readers of volumes pull, so that no more than a piece is in memory. */
export interface ByteStream {
  /** The next `count` bytes; fewer at the end. Where `into` is given and has room they may be put there, over what it held. */
  take(count: number, into?: Uint8Array): Promise<Uint8Array>
  /** What lies behind the bytes that were taken; nothing more may be taken. */
  rest(): Promise<Rest>
  /** Ends it early. */
  close(): Promise<void>
}

/** Bytes that nobody asked for. */
interface Rest {
  readonly bytes: number
  /** There are more, which were not looked at, so the checksum at their end was not either. */
  readonly isOpen: boolean
}

/** Bytes that are there as they are. */
export function plainBytes(bytes: Uint8Array): ByteStream {
  let at = 0
  return {
    take: async (count) => {
      const taken = bytes.subarray(at, at + count)
      at += taken.length
      return taken
    },
    rest: async () => ({ bytes: bytes.length - at, isOpen: false }),
    close: async () => {},
  }
}

/** Bytes that are there, and those of a stream behind them. */
export function followedBy(first: Uint8Array, then: ByteStream): ByteStream {
  let left = first
  return {
    async take(count, into) {
      if (left.length === 0) return then.take(count, into)
      if (left.length >= count && !into) {
        const bytes = left.subarray(0, count)
        left = left.subarray(count)
        return bytes
      }
      const bytes = into?.subarray(0, count) ?? new Uint8Array(count)
      const part = left.subarray(0, count)
      bytes.set(part)
      left = left.subarray(part.length)
      const more = await then.take(count - part.length)
      bytes.set(more, part.length)
      return bytes.subarray(0, part.length + more.length)
    },
    async rest() {
      const { bytes, isOpen } = await then.rest()
      return { bytes: left.length + bytes, isOpen }
    },
    close: () => then.close(),
  }
}

/** A stream that is opened when it is first asked for: after the header was held against the limits. */
export function lazyBytes(open: () => Promise<ByteStream>): ByteStream {
  let opened: ByteStream | undefined
  const stream = async (): Promise<ByteStream> => {
    opened ??= await open()
    return opened
  }
  return {
    take: async (count, into) => (await stream()).take(count, into),
    rest: async () => (await stream()).rest(),
    close: async () => opened?.close(),
  }
}
