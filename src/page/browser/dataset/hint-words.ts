const fields: Readonly<Record<string, string>> = {
  '--match-gt': '“Match ground truths”',
  '--match-pred': '“Match predictions”',
  '--group-by': '“Group by”',
}

/** Hints name flags of the command line; on the page they are fields of the form of a new run. */
export const inWordsOfTheForm = (hint: string): string =>
  hint.replaceAll(/--(match-gt|match-pred|group-by)\b/g, (flag) => fields[flag])
