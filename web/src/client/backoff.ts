const FIRST = 500;
const LONGEST = 15_000;

/**
 * How long to wait before the given attempt (0 is the first). Half of it is chance, so that the
 * clients of a restarted server do not all return in the same moment.
 */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** attempt);
  return ceiling / 2 + random() * (ceiling / 2);
}
