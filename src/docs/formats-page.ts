import type { FormatCatalogue } from '../decoding/formats.ts'

/** docs/formats.md: the catalogue of mask formats as Markdown. */
export function renderFormatsPage({ formats, options, presets }: FormatCatalogue): string {
  return [
    '# Mask formats',
    '',
    'Generated from `src/decoding/formats.ts` by `npm run docs`; do not edit. The same list is served by `GET /v1/formats`.',
    '',
    "A mask's pixel values are its labels, so a file is read exactly or refused with a reason. Its first bytes say what it is; its name and declared type never do. Not sure what the service sees in a file? `POST /v1/inspect` shows it.",
    '',
    ...formats.flatMap(formatSection),
    '## Options',
    '',
    'They stand in `options.ground_truth` and `options.prediction`, each for its own file.',
    '',
    ...table(
      ['option', 'default', 'meaning', 'example'],
      options.map(({ key, default: value, description, example }) => [
        `\`${key}\``,
        `\`"${value}"\``,
        description,
        `\`${example}\``,
      ]),
    ),
    '',
    '## Presets',
    '',
    '`preset` supplies options for a well-known coding; an option given beside it wins. The labels listed as ignored are the default of `ignore_labels` when the ground truth is read by the preset.',
    '',
    ...table(
      ['preset', 'for', 'options', 'ignored labels', 'example'],
      presets.map(({ preset, description, options: set, ignore_labels, example }) => [
        `\`${preset}\``,
        description,
        Object.entries(set)
          .map(([key, value]) => `\`${key}\`: \`"${value}"\``)
          .join(', ') || '-',
        ignore_labels.join(', '),
        example,
      ]),
    ),
    '',
    '## Stacks and sizes',
    '',
    'A TIFF of several pages and an array with three axes are one volume with `stack`: "volume" (pages in order, the first axis is the depth); the pages must be alike in size, type and coding. Without it they are refused (MULTI_PAGE).',
    '',
    'Masks of different sizes are refused (SIZE_MISMATCH), unless `resize` is "nearest": then the prediction is brought to the size of the ground truth, each pixel taking the label under its centre: column x comes from column floor((x + 1/2) · w / W) of the w columns there were, W being how many there are now, and rows alike. The answer then warns of it (RESIZED).',
    '',
    '## Before you upload',
    '',
    'Programs that optimise or convert images renumber palettes and turn grey into palettes; ImageMagick and PNG optimisers do both. What they write cannot be told from an original, so send masks as the labeling tool wrote them, or declare their colours with `color`.',
    '',
  ].join('\n')
}

function formatSection({
  format,
  description,
  encodings,
  options,
  refused,
}: FormatCatalogue['formats'][number]): string[] {
  return [
    `## ${format}`,
    '',
    description,
    '',
    ...table(
      ['encoding', 'the label is'],
      encodings.map(({ encoding, label }) => [`\`${encoding}\``, label]),
    ),
    '',
    `Options that matter: ${Object.keys(options)
      .map((key) => `\`${key}\``)
      .join(', ')}.`,
    '',
    'Refused:',
    '',
    ...refused.map((what) => `* ${what}`),
    '',
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  )
}
