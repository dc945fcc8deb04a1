import type { JsonNode } from '../../../json/json-node.ts'
import { fitOf, fits } from '../../reading/name-fit.ts'

/** What a task goes by: its id, and its number in the project where no task has that as its id; the files of its data. */
export const taskNames = {
  names: (task: JsonNode) => filesOf(task).flatMap(({ names }) => names),
  ids: (task: JsonNode) => [task.field('id').value, task.field('inner_id').value],
}

export interface TaskFile {
  /** The key of the task's data that it stands under. */
  readonly key: string
  /** Its place where that is a list. */
  readonly item: number
  readonly names: readonly string[]
}

/** The files that a task's data names. */
function filesOf(task: JsonNode): readonly TaskFile[] {
  const data = task.field('data')
  if (!data.isObject) return []
  return Object.keys(data.value as object).flatMap((key) => {
    const node = data.field(key)
    const list = node.isArray ? [...node.items()] : [node]
    return list.flatMap(({ value }, item) =>
      typeof value === 'string' ? [{ key, item, names: namesOf(value) }] : [],
    )
  })
}

/** Whether `image` names a file of the task. */
export function isFileOf(task: JsonNode, image: string | number | undefined): boolean {
  return filesCalled(task, image).length > 0
}

/** The files of the task that `image` names. */
export function filesCalled(task: JsonNode, image: string | number | undefined): readonly TaskFile[] {
  if (image === undefined) return []
  return filesOf(task).filter(({ names }) => names.some((name) => fitOf(name, String(image)) > fits.none))
}

/**
 * The names of a file by its address: without what a browser would ask beside it, and without the eight digits that
 * Label Studio puts before the names of uploads. Local files stand behind `?d=`.
 */
function namesOf(address: string): readonly string[] {
  // The image itself stands in the task, and has no name.
  if (address.startsWith('data:')) return []
  const local = /[?&]d=([^&#]*)/.exec(address)?.[1]
  const path = decoded(local ?? address.replace(/^[a-z0-9+.-]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, ''))
  return [...new Set([path, asUploaded(path), address])]
}

const asUploaded = (path: string): string => path.replace(/(^|[/\\])[0-9a-f]{8}-([^/\\]+)$/i, '$1$2')

/** What the image of a task was called before it was uploaded; undefined where its data names no file. */
export function imageNameOf(task: JsonNode): string | undefined {
  const path = filesOf(task)[0]?.names[0]
  return path === undefined ? undefined : asUploaded(path)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    return path
  }
}
