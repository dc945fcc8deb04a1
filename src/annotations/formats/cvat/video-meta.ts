import type { ImageSize } from '../../image-size.ts'

interface Task {
  id: string
  width: number
  height: number
  first: number
  last: number
  step: number
}

/** What the `<meta>` of a CVAT XML says of the frames of its tasks: a single task (or job), or those of a project. */
export class VideoMeta {
  readonly #tasks: Task[] = []

  open(name: string): void {
    if (name === 'task' || name === 'job')
      this.#tasks.push({ id: '', width: Number.NaN, height: Number.NaN, first: 0, last: -1, step: 1 })
  }

  close(name: string, text: string): void {
    const task = this.#tasks.at(-1)
    if (!task) return
    // Its own id comes first; segments and jobs within have theirs.
    if (name === 'id' && task.id === '') task.id = text
    if (name === 'width') task.width = Number(text)
    if (name === 'height') task.height = Number(text)
    if (name === 'start_frame') task.first = Number(text)
    if (name === 'stop_frame') task.last = Number(text)
    if (name === 'frame_filter') task.step = Number(/^step=([1-9]\d*)$/.exec(text.trim())?.[1] ?? 1)
  }

  ids(): readonly string[] {
    return this.#tasks.map(({ id }) => id)
  }

  /** A frame in which nothing is seen has no element of its own. */
  hasFrame(id: string, frame: number): boolean {
    const task = this.#taskOf(id)
    return task !== undefined && frame >= task.first && frame <= task.last
  }

  /** Every frame of a task: they are numbered as in its source, of which it may take one of several. */
  framesOf(id: string): Pick<Task, 'first' | 'last' | 'step'> | undefined {
    const task = this.#taskOf(id)
    if (!task || !(task.first <= task.last)) return undefined
    return { first: task.first, last: task.last, step: task.step }
  }

  sizeOf(id: string): ImageSize | undefined {
    const task = this.#taskOf(id)
    return task && !Number.isNaN(task.width) && !Number.isNaN(task.height)
      ? { width: task.width, height: task.height }
      : undefined
  }

  #taskOf(id: string): Task | undefined {
    return (
      this.#tasks.find((task) => task.id === id) ?? (this.#tasks.length === 1 ? this.#tasks[0] : undefined)
    )
  }
}
