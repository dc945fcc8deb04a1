import type { Random } from '../../../bench/images/random.ts'
import { readZip } from '../../../src/decoding/zip/zip-entries.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { type ZipFile, zipOf } from '../../annotations/zip-writer.ts'
import { below, type DocumentMutant, pick } from './mutant.ts'

type Files = readonly ZipFile[]
type Mutation = (files: Files, random: Random) => Files

/** What is done to one entry. */
const oneEntry =
  (change: (file: ZipFile, random: Random) => ZipFile): Mutation =>
  (files, random) => {
    const chosen = below(random, files.length)
    return files.map((file, index) => (index === chosen ? change(file, random) : file))
  }

/** Whoever packs the same files in another way means the same. */
const sound: Readonly<Record<string, Mutation>> = {
  'files of macOS added': (files) => [
    ...files,
    ...files.map(({ name }) => ({ name: `__MACOSX/${name.replace(/[^/]*$/, '._$&')}`, content: 'Mac OS X' })),
  ],
  'text added': (files) => [...files, { name: 'README.txt', content: 'about this' }],
  'entries stored': (files) => files.map((file) => ({ ...file, store: true })),
  'entries in another order': (files) => files.toReversed(),
  'a folder around all': (files) => files.map((file) => ({ ...file, name: `export/${file.name}` })),
}

const changing: Readonly<Record<string, Mutation>> = {
  'entry renamed': oneEntry((file, random) => {
    const { name } = file
    const names = [
      `${name}.bak`,
      name.toUpperCase(),
      `x${name}`,
      name.replace(/[^/]*$/, 'y$&'),
      '',
      '../a',
      '/a',
      'a\\b',
    ]
    return { ...file, name: pick(names, random) }
  }),
  'entry dropped': (files, random) => files.toSpliced(below(random, files.length), 1),
  'entry twice': (files, random) => [...files, pick(files, random)],
  'entry empty': oneEntry((file) => ({ ...file, content: '' })),
  'entry damaged': oneEntry((file, random) => {
    const content = new Uint8Array(file.content as Uint8Array)
    if (content.length > 0) content[below(random, content.length)] ^= 1 << below(random, 8)
    return { ...file, content }
  }),
  'wrong checksum': oneEntry((file) => ({ ...file, crc: 7 })),
  'wrong size': oneEntry((file, random) => ({ ...file, claimedSize: pick([0, 1, 2 ** 32 - 1], random) })),
  'wrong flags': oneEntry((file, random) => ({ ...file, flags: 1 << below(random, 12) })),
  'wrong offset': oneEntry((file, random) => ({ ...file, offset: below(random, 5000) })),
  'other document added': (files, random) => [
    ...files,
    {
      name: pick(['a.json', 'z.json', 'annotations/a.json'], random),
      content: pick(['{}', '[]', '{"shapes": []}', 'x'], random),
    },
  ],
}

/** One mutation of a zip: of its entries, or of its bytes. */
export async function mutateZip(bytes: Uint8Array, random: Random): Promise<DocumentMutant> {
  if (random() < 0.2) {
    const copy = new Uint8Array(bytes)
    for (let k = 1 + below(random, 3); k > 0; k--) copy[below(random, copy.length)] = below(random, 256)
    const cut = random() < 0.3 ? copy.subarray(0, below(random, copy.length)) : copy
    return { how: 'bytes of the zip', bytes: cut, keeps: false, isSound: false }
  }
  const isSound = random() < 0.4
  const mutations = isSound ? sound : changing
  const how = pick(Object.keys(mutations), random)
  const zip = await readZip(bytes, defaultLimits)
  const files = await Promise.all(zip.names.map(async (name) => ({ name, content: await zip.read(name) })))
  return { how, bytes: zipOf(...mutations[how](files, random)), keeps: isSound, isSound }
}
