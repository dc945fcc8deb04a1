import { Refusal } from '../../problems/refusal.ts'
import type { ImageSize } from '../image-size.ts'
import { parseCsv } from '../reading/parse-csv.ts'
import type { DocumentImage } from './document-image.ts'

/** Columns by the names that competitions give them, in lower case. */
const columns = {
  runs: ['encodedpixels', 'rle', 'rle_mask', 'encoding', 'segmentation', 'annotation', 'predicted'],
  image: ['imageid', 'image_id', 'image', 'img', 'id', 'filename', 'file_name'],
  /** Image and class in one, with `_` between them. */
  imageAndClass: ['imageid_classid', 'image_label'],
  class: ['classid', 'class_id', 'class', 'label', 'category', 'cell_type'],
  width: ['width', 'img_width', 'image_width'],
  height: ['height', 'img_height', 'image_height'],
} as const

type Column = keyof typeof columns
type Places = Readonly<Record<Column, number>>

interface TableImage {
  readonly objects: { readonly label?: string | number; readonly rle: string }[]
  size: ImageSize | undefined
}

/** Whether a text begins with the heading of a table of run lengths: a column of images, and one of runs. */
export function isRunLengthTable(text: string): boolean {
  const [heading] = text.split(/\r?\n/, 1)
  const { runs, image, imageAndClass } = placesOf(heading.split(','))
  return runs >= 0 && (image >= 0 || imageAndClass >= 0)
}

/**
 * The images of a table as Kaggle's competitions have it: a row for each object or class of an image, its runs counted from 1,
 * down the columns. A row without runs says that the image is there.
 * @throws Refusal INVALID_ANNOTATION with the row
 */
export function* splitRunLengthTable(text: string): Generator<DocumentImage> {
  const [heading, ...rows] = rowsOf(text)
  const places = placesOf(heading)
  const images = new Map<string, TableImage>()
  for (const [index, row] of rows.entries()) {
    const refuse = (why: string) => new Refusal('INVALID_ANNOTATION', `Row ${index + 2} of the table ${why}.`)
    if (row.length !== heading.length)
      throw refuse(`has ${row.length} cells, its heading has ${heading.length}`)
    const { name, label } = named(row, places, refuse)
    const size = sizeOf(row, places, refuse)
    const image = images.get(name) ?? { objects: [], size }
    images.set(name, image)
    if (image.size?.width !== size?.width || image.size?.height !== size?.height)
      throw refuse(`says another size of ${JSON.stringify(name)} than a row before it`)
    const rle = row[places.runs].trim()
    if (rle === '-1')
      throw refuse(
        'has −1 for an empty mask, as tables do whose starts are counted from the run before: they are not read, since their runs look the same. Turn them into starts from 1 on',
      )
    if (isNothing(rle)) continue
    if (!/^[\d\s]+$/.test(rle)) throw refuse(`has ${JSON.stringify(rle.slice(0, 40))} in the place of runs`)
    image.objects.push({ ...(label !== undefined && { label }), rle })
  }
  for (const [name, { objects, size }] of images)
    yield { name, format: 'kaggle_rle', text: JSON.stringify(objects), ...(size && { options: size }) }
}

function rowsOf(text: string): string[][] {
  try {
    return parseCsv(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Refusal('INVALID_ANNOTATION', `The table cannot be read: ${error.message}.`)
  }
}

function placesOf(heading: readonly string[]): Places {
  const names = heading.map((cell) => cell.trim().replace(/^"|"$/g, '').toLowerCase())
  const place = (column: Column) =>
    columns[column].map((name) => names.indexOf(name)).find((found) => found >= 0) ?? -1
  return {
    runs: place('runs'),
    image: place('image'),
    imageAndClass: place('imageAndClass'),
    class: place('class'),
    width: place('width'),
    height: place('height'),
  }
}

type Refuse = (why: string) => Refusal

function named(
  row: readonly string[],
  { image, imageAndClass, class: ofClass }: Places,
  refuse: Refuse,
): { name: string; label: string | number | undefined } {
  const whole = row[imageAndClass >= 0 ? imageAndClass : image].trim()
  const end = imageAndClass >= 0 ? whole.lastIndexOf('_') : whole.length
  const name = whole.slice(0, Math.max(end, 0))
  if (name === '') throw refuse(`names no image${imageAndClass >= 0 ? ' and class' : ''}`)
  if (imageAndClass < 0 && ofClass < 0) return { name, label: undefined }
  const label = imageAndClass >= 0 ? whole.slice(end + 1) : row[ofClass].trim()
  if (label === '') throw refuse('names no class')
  // A number is that label; 0, which unpainted pixels have, is a name like others.
  return { name, label: /^[1-9]\d{0,8}$/.test(label) ? Number(label) : label }
}

function sizeOf(row: readonly string[], { width, height }: Places, refuse: Refuse): ImageSize | undefined {
  if (width < 0 || height < 0) return undefined
  const [columnsOfImage, rowsOfImage] = [Number(row[width]), Number(row[height])]
  if (![columnsOfImage, rowsOfImage].every((side) => Number.isInteger(side) && side >= 1))
    throw refuse(`has the size ${row[width].slice(0, 20)} × ${row[height].slice(0, 20)}, which is none`)
  return { width: columnsOfImage, height: rowsOfImage }
}

/** Tables written from data frames may have the word for a number that is none. */
const isNothing = (rle: string): boolean => /^(nan)?$/i.test(rle)
