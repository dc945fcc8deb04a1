/** Side of a pixel of a mask, and what is around a mask, in units of the picture. */
const pixel = 14
const margin = 12
const caption = 18

/** Colours that are told apart in light and dark surroundings, on a dark ground as label 0. Label k has the k-th. */
const colours = ['#2b3138', '#56b4e9', '#e69f00', '#cc79a7', '#009e73', '#f0e442']

/**
 * A ground truth and a prediction side by side, as SVG: a square a pixel, a colour a label.
 *
 * @param masks rows of labels, each mask of the same size
 */
export function pairPicture(
  masks: Readonly<Record<'ground truth' | 'prediction', readonly (readonly number[])[]>>,
): string {
  const sides = Object.entries(masks)
  const [width, height] = [masks['ground truth'][0].length * pixel, masks['ground truth'].length * pixel]
  const drawn = sides.map(([name, rows], index) => {
    const left = margin + index * (width + margin)
    const squares = rows.flatMap((row, y) =>
      row.map(
        (label, x) =>
          `<rect x="${left + x * pixel}" y="${margin + caption + y * pixel}" width="${pixel}" height="${pixel}" fill="${colours[label % colours.length]}"/>`,
      ),
    )
    const text = `<text x="${left}" y="${margin + 8}" font-family="sans-serif" font-size="12" fill="#1f2328">${name}</text>`
    return `${text}\n${squares.join('\n')}`
  })
  const size = [2 * width + 3 * margin, height + 2 * margin + caption]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size.join(' ')}">`,
    '<title>A ground truth and a prediction</title>',
    // A ground of its own: the page around it may be light or dark.
    `<rect width="${size[0]}" height="${size[1]}" rx="6" fill="#f6f8fa"/>`,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}
