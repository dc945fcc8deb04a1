import type { WriteStream } from 'node:tty'

const eraseLine = '\r\x1b[2K'
const columnsOfUnknown = 80

/** The last line of a screen, drawn anew in place. Text that would not fit is cut: a line that wraps cannot be erased. */
export function statusLine(stream: Pick<WriteStream, 'write' | 'columns'>) {
  let isDrawn = false
  const clear = () => {
    if (isDrawn) stream.write(eraseLine)
    isDrawn = false
  }
  const draw = (text: string) => {
    clear()
    if (text === '') return
    stream.write([...text].slice(0, (stream.columns || columnsOfUnknown) - 1).join(''))
    isDrawn = true
  }
  return { clear, draw }
}
