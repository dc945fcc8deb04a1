/** Tags that are read here, by their names in TIFF 6.0 where nothing else is said. */
export const tags = {
  newSubfileType: 254,
  subfileType: 255,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  imageDescription: 270,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  t4Options: 292,
  t6Options: 293,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
  /** Of SGI: slices of a volume within one page. */
  imageDepth: 32_997,
  /** Of MetaMorph: a list with an item for each plane of a stack. */
  metaMorphPlanes: 33_629,
} as const

export const photometrics = { minIsWhite: 0, minIsBlack: 1, rgb: 2, palette: 3, mask: 4 } as const
export const sampleFormats = { unsigned: 1, signed: 2, float: 3 } as const
