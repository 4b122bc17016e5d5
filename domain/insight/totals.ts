/** Adding up: from entries to the lines of the totals. The server's fold and its check both use it. */
import { type Posting, postingsOf } from "./counting.ts";
import { add, roundsOf } from "./rules.ts";
import type { Counters, Entry } from "./terms.ts";

export function postingKey(line: Omit<Posting, "counters">): string {
  return [
    line.campaignId ?? "-",
    line.grain,
    line.period,
    line.level,
    line.stationId ?? "-",
    line.beatId ?? "-",
    line.buildingId ?? "-",
  ].join("|");
}

/** All lines that a set of entries adds to, without the rounds of buildings; added to `lines`. */
export function addUp(
  entries: Iterable<Entry>,
  lines = new Map<string, Posting>(),
): Map<string, Posting> {
  for (const entry of entries) {
    for (const posting of postingsOf(entry)) {
      const key = postingKey(posting);
      const known = lines.get(key);
      lines.set(
        key,
        known === undefined
          ? posting
          : { ...posting, counters: add(known.counters, posting.counters) },
      );
    }
  }
  return lines;
}

/**
 * What a building's change does to the rounds of its beat: it moves from one number of rounds to
 * another, or becomes known. The line is the beat's line of the same campaign.
 */
export function roundsChange(before: Counters, after: Counters): Counters {
  const [was, is] = [roundsOf(before), roundsOf(after)];
  if (was === is) return {};
  return {
    ...(was === null ? {} : { [`passes_${was}`]: -1 }),
    ...(is === null ? {} : { [`passes_${is}`]: 1 }),
  };
}

/** The line of a beat that a building's line belongs to. */
export function beatLineOf(building: Posting, counters: Counters): Posting {
  return { ...building, level: "beat", buildingId: null, counters };
}

/** All lines with the rounds of buildings, from nothing. */
export function totalsOf(entries: Iterable<Entry>): Map<string, Posting> {
  return withRounds(addUp(entries));
}

/** Adds the rounds of all buildings to the lines of their beats. */
export function withRounds(lines: Map<string, Posting>): Map<string, Posting> {
  for (const line of lines.values()) {
    if (line.level !== "building") continue;
    const rounds = roundsChange({}, line.counters);
    if (Object.keys(rounds).length === 0) continue;
    const beat = beatLineOf(line, rounds);
    const key = postingKey(beat);
    lines.set(key, { ...beat, counters: add(lines.get(key)?.counters ?? {}, rounds) });
  }
  return lines;
}
