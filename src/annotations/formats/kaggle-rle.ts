import type { JsonNode } from '../../json/json-node.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { ImageRegions } from '../annotated-image.ts'
import type { Canvas } from '../painting/canvas.ts'
import { readObjects } from '../reading/labelled-objects.ts'
import { type ReadContext, sizeOfImage } from '../reading/read-context.ts'
import type { ToolFormat } from './tool-format.ts'

export const kaggleRle: ToolFormat = {
  tool: 'Kaggle',
  data: '"start length …", 1-based, column-major',
  options: ['width', 'height'],
  isRecognised: (document) =>
    document.matches(/^\s*\d+ \d+(\s+\d+ \d+)*\s*$/) || document.first.field('rle').matches(/./),
  mayBeText: true,
  documentsIn: (names) => names.filter((name) => /\.(?:txt|csv|json)$/i.test(name)),
  read: readKaggleRle,
  guides: [
    {
      heading: 'Kaggle',
      row: { exports: 'run-length text', names: '–' },
      intro:
        'The run lengths of one class, counted from 1, down the columns; an empty text is an empty mask.',
      recipes: [
        {
          groundTruth: 'kaggle/ground-truth.txt',
          prediction: 'kaggle/prediction.txt',
          options: {
            ground_truth: { format: 'kaggle_rle', width: 80, height: 64 },
            prediction: { format: 'kaggle_rle', width: 80, height: 64 },
          },
          otherLoss: { miLoss: '0.6440', because: 'the example holds the cells alone' },
        },
      ],
      notes: [
        'Several classes: JSON `[{"label": "cell", "rle": "…"}, …]`.',
        'A table of many images (`ImageId,EncodedPixels`) is a side of a [dataset](datasets.md).',
      ],
    },
  ],
}

/** `"start length start length …"`, or a list of `{label, rle: "…"}`. */
function readKaggleRle(document: JsonNode, context: ReadContext): ImageRegions {
  const size = sizeOfImage(undefined, context, document)
  const total = size.width * size.height
  return {
    ...size,
    regions: readObjects(document, context, (object) =>
      readPairs(object.isObject ? object.firstOf('rle', 'EncodedPixels') : object, total, context),
    ),
  }
}

/** Pairs of start and length, counted from 1, down the columns. An empty text is an empty mask. */
function readPairs(node: JsonNode, total: number, { budget }: ReadContext): (canvas: Canvas) => void {
  const text = node.text().trim()
  if (isTable.test(text)) throw tableRefused(node)
  budget.runs(Math.ceil(text.length / 4), node.pointer)
  const tokens = text === '' ? [] : text.split(/\s+/)
  const numbers = tokens.map(Number)
  if (numbers.length % 2) throw node.refuse('ends with a start that has no length')
  for (let at = 0; at < numbers.length; at += 2) {
    const [start, length] = [numbers[at], numbers[at + 1]]
    const sound = Number.isInteger(start) && Number.isInteger(length) && start >= 1 && length >= 1
    const run = () => `${tokens[at]} ${tokens[at + 1]}`.slice(0, 60)
    if (!sound) throw node.refuse(`has a run "${run()}"; starts and lengths are integers from 1 on`)
    if (start - 1 + length > total)
      throw node.refuse(`has a run "${run()}" that goes past the end of the ${total} pixels`)
  }
  return (canvas) => {
    for (let at = 0; at < numbers.length; at += 2)
      canvas.columnRun(numbers[at] - 1, numbers[at] - 1 + numbers[at + 1])
  }
}

const isTable = /^[^\r\n]*[,;]/

function tableRefused({ pointer }: JsonNode) {
  const message =
    'The first line is no run length: this looks like a CSV table; send the text of one cell (`EncodedPixels`), or JSON with the cells of one image. `maskscore evaluate` takes whole tables.'
  return refuseField('INVALID_ANNOTATION', pointer, message).advising(
    'Send the run lengths of one image as text, or `[{"label": "…", "rle": "…"}, …]`.',
  )
}
