import type { MaskFormat } from '../mask-format.ts'

export const png: MaskFormat = {
  name: 'PNG',
  endings: ['png'],
  marks: ['\x89PNG\r\n\x1a\n'],
  description:
    'All colour types and depths, interlaced or not. Colour profiles, gamma, transparency tables and text never change a label.',
  encodings: {
    'png-grey8, png-grey16': 'the stored sample',
    'png-grey1-expanded (2, 4)': 'the grey value: samples scaled to 0..255',
    'png-grey1 (2, 4)': 'the stored sample, with `grey_bits`: "sample"',
    'png-greyalpha8 (16)': 'the grey sample',
    'png-palette-index8 (1, 2, 4)': 'the palette index',
    'png-palette-value8 (1, 2, 4)': 'the grey value of the colour, with `palette`: "value"',
    'png-rgb8:r=g=b (16, rgba)': 'the common value of three equal channels',
    'png-rgb8:r+256g+65536b (rgba)': 'the colour as a number, with `color`: "rgb24"',
    'png-rgb8:red (16, rgba; green, blue, alpha)': 'the channel that `channel` names',
    'png-rgb8:map (rgba; png-grey8:map; png-palette-map8)': 'what the map `color` gives the colour',
    'png-rgb8:voc (rgba; png-palette-voc8)': 'the class of a Pascal VOC colour, with `preset`: "voc"',
    'png-rgb8:floor(r/10)*256+g (rgba)': 'the ADE20K class, with `preset`: "ade20k"',
  },
  options: ['color', 'channel', 'palette', 'grey_bits', 'alpha'],
  refused: [
    'animation (ANIMATED)',
    'an eXIf orientation other than 1 (ORIENTATION)',
    'a grey palette whose colours differ from their indices, unless `palette` decides (PALETTE_AMBIGUOUS)',
    'colours, unless `color` decides (COLOR_ENCODING_REQUIRED)',
    'colours of 16 bits a channel, unless `channel` names one (UNSUPPORTED_PIXEL_FORMAT)',
    'rows that are missing, damaged or too many (TRUNCATED, CORRUPT)',
  ],
}
